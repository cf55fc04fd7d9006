using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Takes out of an assembly's XML documentation what can't be seen from outside the assembly. MSBuild compiles this for .NET Standard, in
/// the C# of its time.
/// </summary>
public sealed class PublicDocs : Task
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Required]
    public string Assembly { get; set; }

    [Required]
    public string[] References { get; set; }

    /// <summary>The XML file, which is written anew.</summary>
    [Required]
    public string Documentation { get; set; }

    public override bool Execute()
    {
        // This reads assemblies without running or locking them. It is part of MSBuild, but not of what MSBuild compiles tasks against.
        object resolver = Create("PathAssemblyResolver", References.Append(Assembly));
        using (IDisposable context = (IDisposable)Create("MetadataLoadContext", resolver, "System.Runtime"))
        {
            Assembly assembly = (Assembly)context.GetType().GetMethod("LoadFromAssemblyPath").Invoke(context, new object[] { Assembly });
            HashSet<string> seen = new HashSet<string>(assembly.GetExportedTypes().SelectMany(Seen));
            XDocument documentation = XDocument.Load(Documentation, LoadOptions.PreserveWhitespace);
            XElement[] hidden = documentation.Descendants("member").Where(member => !seen.Contains(member.Attribute("name").Value)).ToArray();
            foreach (XElement member in hidden)
            {
                member.PreviousNode.Remove(); // the line break and its indentation
                member.Remove();
            }
            documentation.Save(Documentation, SaveOptions.DisableFormatting);
        }
        return true;
    }

    private static object Create(string type, params object[] arguments) =>
        Activator.CreateInstance(Type.GetType("System.Reflection." + type + ", System.Reflection.MetadataLoadContext", true), arguments);

    private static IEnumerable<string> Seen(Type type)
    {
        yield return "T:" + Name(type);
        foreach (MemberInfo member in type.GetMembers(All))
        {
            string name = Name(type) + "." + member.Name.Replace('.', '#');
            if (member is MethodBase method && IsSeen(method))
            {
                int generics = method.IsGenericMethod ? method.GetGenericArguments().Length : 0;
                bool converts = method.Name == "op_Implicit" || method.Name == "op_Explicit";
                yield return "M:" + name + (generics > 0 ? "``" + generics : "") + Parameters(method.GetParameters()) + (converts ? "~" + Name(((MethodInfo)method).ReturnType) : "");
            }
            else if (member is PropertyInfo property && property.GetAccessors(true).Any(IsSeen))
            {
                yield return "P:" + name + Parameters(property.GetIndexParameters());
            }
            else if (member is EventInfo happens && IsSeen(happens.AddMethod))
            {
                yield return "E:" + name;
            }
            else if (member is FieldInfo field && (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly))
            {
                yield return "F:" + name;
            }
        }
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : "(" + string.Join(",", parameters.Select(parameter => Name(parameter.ParameterType))) + ")";

    /// <summary>A type as documentation spells it.</summary>
    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()) + "@";
        if (type.IsArray)
            return Name(type.GetElementType()) + (type.GetArrayRank() == 1 ? "[]" : "[" + string.Join(",", Enumerable.Repeat("0:", type.GetArrayRank())) + "]");
        if (type.IsGenericParameter)
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        if (type.IsConstructedGenericType)
            return Name(type.GetGenericTypeDefinition()).Split('`')[0] + "{" + string.Join(",", type.GetGenericArguments().Select(Name)) + "}";
        return type.FullName.Replace('+', '.');
    }
}
