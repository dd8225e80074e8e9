using System.Runtime.CompilerServices;

namespace Nonsmooth.Cli.Tests;

/// <summary>Texts that are kept in <c>Golden/</c>; <c>NONSMOOTH_ACCEPT=1</c> writes them anew.</summary>
internal static class Golden
{
    public static void Check(string name, string text, [CallerFilePath] string caller = "")
    {
        string path = Path.Combine(Root(caller), "Golden", name + ".txt");
        if (Environment.GetEnvironmentVariable("NONSMOOTH_ACCEPT") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }

    private static string Root(string caller)
    {
        string? folder = Path.GetDirectoryName(caller);
        while (folder is not null && !Directory.Exists(Path.Combine(folder, "Golden")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException($"no folder Golden above {caller}");
    }
}
