using System.Reflection;
using System.Reflection.Emit;
using Microsoft.ML;
using Xunit;

namespace MlNetShallowNet.Tests;

/// <summary>Whatever the ML.NET subset offers is used: by the library, the samples or the tests, or inside by what is.</summary>
// Compiled for the subset alone; the package has far more than is used here.
public class SubsetMembersTests
{
    // Called by nobody's code, but not without use.
    private static readonly string[] _allowed =
    [
        "CalibratedBinaryClassificationMetrics.get_Entropy", // One of the golden metrics, which the tests read by their names.
    ];

    private static readonly Assembly _subset = typeof(MLContext).Assembly;
    private static readonly Dictionary<short, OpCode> _opCodes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance
        | BindingFlags.DeclaredOnly;

    [Fact]
    public void EveryPublicMemberIsUsed()
    {
        var used = new HashSet<int>();
        foreach (var assembly in Users().Append(_subset))
            foreach (var type in assembly.GetTypes())
                foreach (var user in type.GetMembers(Own).Append(type))
                    used.UnionWith(UsedBy(user).Where(member => member.Module.Assembly == _subset && !IsSame(member, user))
                        .Select(member => member.MetadataToken));
        string[] unused = [.. _subset.GetExportedTypes().SelectMany(type => type.GetMembers(Own)).OfType<MethodBase>()
            .Where(method => method.IsPublic && !IsGiven(method) && !used.Contains(method.MetadataToken))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").Except(_allowed).Order()];
        Assert.Empty(unused);
    }

    // The assemblies of the solution: built before this one (see the project file), where their projects build them.
    private static IEnumerable<Assembly> Users()
    {
        string output = Path.GetRelativePath(Path.Combine(Repository.Root, "tests", "Trainer.Tests"), AppContext.BaseDirectory);
        string[] files = ["tests/MlNet.Tests/*/MlNet.Tests.dll", "tests/Samples.Tests/*/Samples.Tests.dll", "src/Samples/*/shallownet.dll"];
        return [typeof(SubsetMembersTests).Assembly, typeof(ShallowNetworkCatalog).Assembly,
            .. files.Select(file => Assembly.LoadFrom(Path.Combine(Repository.Root, file.Replace("*", output))))];
    }

    private static bool IsSame(MemberInfo member, MemberInfo user)
        => member.Module == user.Module && member.MetadataToken == user.MetadataToken;

    // What others demand: overrides, implementations of interfaces, members of interfaces and delegates, and what compilers add.
    private static bool IsGiven(MethodBase method) => method.IsVirtual || method.DeclaringType!.IsSubclassOf(typeof(Delegate))
        || method.Name.StartsWith("remove_", StringComparison.Ordinal) || method.Name.StartsWith("set_", StringComparison.Ordinal)
        || (method.IsConstructor && method.DeclaringType.IsValueType);

    private static IEnumerable<MemberInfo> UsedBy(MemberInfo user)
    {
        foreach (var attribute in user.GetCustomAttributesData())
            yield return attribute.Constructor;
        if (user is not MethodBase method || method.GetMethodBody()?.GetILAsByteArray() is not { } code)
            yield break;
        var typeArguments = method.DeclaringType!.GetGenericArguments();
        var methodArguments = method.IsGenericMethodDefinition ? method.GetGenericArguments() : null;
        for (int at = 0; at < code.Length;)
        {
            short value = code[at++];
            var opCode = _opCodes[value == 0xFE ? (short)(0xFE00 | code[at++]) : value];
            if (opCode.OperandType is OperandType.InlineMethod or OperandType.InlineTok)
                yield return method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments)!;
            at += opCode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }
}
