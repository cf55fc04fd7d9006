using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MlNetShallowNet.SamplesTests.Report;

/// <summary>A page that needs nothing from elsewhere, and whose policy lets only its own script run.</summary>
internal static class SelfContained
{
    public static void Assert(string page, params string[] scripts)
    {
        Xunit.Assert.Equal(scripts, Regex.Matches(page, "<script[^>]*>").Select(m => m.Value));
        string script = Regex.Match(page, "<script>(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        Xunit.Assert.Contains($"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{hash}'", page);
        Xunit.Assert.DoesNotContain("http:", page);
        Xunit.Assert.DoesNotContain("https:", page);
    }
}
