using System.Diagnostics;
using Nonsmooth.Cli.Documents;
using Nonsmooth.Reliability.Profiles;

namespace Nonsmooth.Cli.Kinks;

/// <summary>Measures a libtorch from another folder: a process holds one libtorch, so in a process of its own.</summary>
internal static class OtherLibTorch
{
    private const string _variable = "NONSMOOTH_LIBTORCH";

    /// <summary>Whether a text names a folder rather than a profile.</summary>
    public static bool IsFolder(string text) => Directory.Exists(text) || text.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The catalogue of the libtorch in a folder.</summary>
    /// <exception cref="NonsmoothException">There is none, it cannot be loaded, or it failed.</exception>
    public static CatalogueSheet Measure(string folder)
    {
        var start = new ProcessStartInfo(Host()) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (start.FileName != Tool)
        {
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(Tool + ".dll");
        }

        foreach (string argument in (string[])["kinks", "--profile", Profile.LibTorch.Name, "--json"])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[_variable] = Path.GetFullPath(folder);
        using var process = Process.Start(start) ?? throw new NonsmoothException($"'{start.FileName}' did not start: reinstall the tool");
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? Json.Read<CatalogueSheet>(output) : throw new NonsmoothException(
            $"{folder}: {Reason(error.Result) ?? $"its libtorch ended the process that measured it (code {process.ExitCode}): give a libtorch from 2.10 on"}");
    }

    private static string Tool => Path.Combine(AppContext.BaseDirectory, "Nonsmooth.Cli");

    private static string Host() => File.Exists(Tool) ? Tool
        : Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath!
        : "dotnet";

    private static string? Reason(string error) => error.Split('\n').FirstOrDefault(static l => l.StartsWith("nonsmooth: ", StringComparison.Ordinal)) is { } line
        ? line["nonsmooth: ".Length..]
        : null;
}
