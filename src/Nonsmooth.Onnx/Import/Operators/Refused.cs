namespace Nonsmooth.Onnx.Import;

/// <summary>Operators that have no program, and why.</summary>
internal static class Refused
{
    private const string Random = "it draws random numbers: make them an input of the model";
    private const string Sizes = "the size of what it gives depends on data: cut the graph before it";
    private const string Texts = "it works on texts, which programs do not have: do it before the model";
    private const string Training = "it describes training: programs are differentiated here, and optimizers are apart";

    private static readonly string[] _training = ["Gradient", "Adam", "Adagrad", "Momentum"];

    public static IEnumerable<OperatorRow> Rows =>
    [
        .. Of(Random, "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Bernoulli", "Multinomial"),
        .. Of(Sizes, "NonMaxSuppression", "Unique"),
        .. Of(Texts, "StringConcat", "StringNormalizer", "StringSplit", "RegexFullMatch", "TfIdfVectorizer"),
        .. Of("it decodes pictures: do it before the model", "ImageDecoder"),
        .. Of("deformable convolution is not supported", "DeformConv"),
        .. _training.Select(op => Row.Never(op, Training, "ai.onnx.preview.training")),
    ];

    private static IEnumerable<OperatorRow> Of(string reason, params string[] operators) => operators.Select(op => Row.Never(op, reason));
}
