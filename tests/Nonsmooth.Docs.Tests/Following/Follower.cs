using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nonsmooth.Docs.Tests.Pages;
using Nonsmooth.Sources.Tests;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Docs.Tests.Following;

/// <summary>Does what a tutorial says, in an empty folder: writes the files it shows, runs its commands one after the other, and looks for the output it shows.</summary>
/// <remarks>
/// Notes: <c>file NAME</c> is what the reader saves a block as, <c>ends with N</c> the exit code where it is not 0, <c>not followed: why</c> a block that is only read,
/// <c>needs PROGRAM</c> what a reader without it cannot do. Without packed packages a C# file is compiled against what this test was built with, in place of <c>#:package</c>.
/// </remarks>
internal sealed partial class Follower
{
    private static readonly string _tool = Path.Combine(Repository.Root, "src", "Nonsmooth.Cli", "bin", "Release", "net10.0", "linux-x64", "Nonsmooth.Cli");
    private readonly string _folder;
    private readonly string _path;
    private readonly bool _isPacked;

    /// <summary>A reader in an empty folder.</summary>
    /// <param name="world">A folder for what is needed besides.</param>
    /// <param name="packed">The folder with the packed tool, beside which lies the feed of packages; null to take what was built.</param>
    public Follower(TemporaryFolder world, string? packed)
    {
        _folder = world.Subfolder("work");
        string programs = world.Subfolder("programs");
        _isPacked = packed is not null;
        _path = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}";
        if (packed is not null)
        {
            _path = $"{packed}:{_path}";
            File.WriteAllText(Path.Combine(_folder, "nuget.config"), Sources(Path.Combine(packed, "..", "feed"), world.File("packages")));
            return;
        }

        Program(Path.Combine(programs, "nonsmooth"), $"exec '{_tool}' \"$@\"");
        Program(Path.Combine(programs, "dotnet"), $"[ \"$1 ${{2##*.}}\" = 'run cs' ] && set -- \"{AppContext.BaseDirectory}tutorial-${{2%.cs}}.dll\" \"${{@:3}}\"\nexec '{Find("dotnet")}' \"$@\"");
    }

    /// <summary>Where a program lies, null if it is not installed.</summary>
    public static string? Find(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(p => Path.Combine(p, program)).FirstOrDefault(File.Exists);

    /// <summary>Follows a tutorial to its end.</summary>
    public async Task Follow(Page page)
    {
        string output = "";
        foreach (var block in page.Blocks)
        {
            string where = $"{page.Name}:{block.Line}";
            if (block.Note("file") is { } name)
            {
                Save(name, block.Text);
            }
            else if (block.Language == "sh" && block.Note("not followed") is null)
            {
                int code;
                (code, output) = await Run(block.Text);
                Assert.True(code == int.Parse(block.Note("ends with") ?? "0", CultureInfo.InvariantCulture), $"{where}: exit code {code}\n{output}");
            }
            else if (block is { Language: "text", Follows: true })
            {
                Assert.True(Expected.Missing(block, output) is null, $"{where}: '{Expected.Missing(block, output)}' is not in\n{output}");
            }
        }
    }

    private void Save(string name, string text)
    {
        File.WriteAllText(Path.Combine(_folder, name), text + "\n");
        if (!_isPacked && name.EndsWith(".cs", StringComparison.Ordinal))
        {
            SampleProgram.Compile("tutorial-" + Path.GetFileNameWithoutExtension(name), Directive().Replace(text, "//"));
        }
    }

    private async Task<(int Code, string Output)> Run(string script)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", $"exec 2>&1\n{script}"]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardInput = true };
        (start.Environment["PATH"], start.Environment["COLUMNS"], start.Environment["LC_ALL"]) = (_path, "80", "C.UTF-8");
        start.Environment["DOTNET_NOLOGO"] = start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var stop = TestContext.Current.CancellationToken;
        string output = await process.StandardOutput.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, output);
    }

    private static void Program(string path, string script)
    {
        File.WriteAllText(path, $"#!/bin/bash\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string Sources(string feed, string packages) => new StringBuilder("<configuration>\n")
        .Append(CultureInfo.InvariantCulture, $"  <config><add key=\"globalPackagesFolder\" value=\"{packages}\" /></config>\n")
        .Append(CultureInfo.InvariantCulture, $"  <fallbackPackageFolders><add key=\"restored\" value=\"{Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages")}\" /></fallbackPackageFolders>\n")
        .Append(CultureInfo.InvariantCulture, $"  <packageSources><clear /><add key=\"packed\" value=\"{Path.GetFullPath(feed)}\" /><add key=\"nuget.org\" value=\"https://api.nuget.org/v3/index.json\" /></packageSources>\n")
        .Append("  <packageSourceMapping><packageSource key=\"packed\"><package pattern=\"Nonsmooth\" /><package pattern=\"Nonsmooth.*\" /></packageSource><packageSource key=\"nuget.org\"><package pattern=\"*\" /></packageSource></packageSourceMapping>\n")
        .Append("</configuration>\n").ToString();

    [GeneratedRegex("^#:", RegexOptions.Multiline)]
    private static partial Regex Directive();
}
