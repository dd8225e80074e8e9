using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Nonsmooth.Engines.Dialects;
using Nonsmooth.Engines.Protocol;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.Onnx.Export;
using Nonsmooth.Onnx.Files;

namespace Nonsmooth.Cli.Engines;

/// <summary>ONNX Runtime as an engine: values only, of a spelling's program as ONNX.</summary>
internal sealed class OnnxRuntimeEngine : IEngine
{
    private static readonly SessionOptions _options = new() { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };

    /// <inheritdoc/>
    public EngineHello Hello { get; } = new("ONNX Runtime", OrtEnv.Instance().GetVersionString(), "values only", ["f32", "f64"]);

    /// <inheritdoc/>
    public Answer Ask(Question question)
    {
        var expression = SpellingCatalogue.Find(question.Spelling).Express(Dialect.Standard, [.. question.Inputs.Select(x => x.Shape)]);
        if (expression.Program is not { } program)
        {
            throw new CannotException($"no {expression.Missing}");
        }

        bool isDouble = question.Format == "f64";
        try
        {
            using var session = new InferenceSession(OnnxFile.ToBytes(OnnxExport.Export(program, new() { InDouble = isDouble })), _options);
            using var results = session.Run([.. program.Inputs.Zip(question.Inputs, (i, x) => Fed(i.Name, x, isDouble))]);
            double[] value = isDouble ? [.. results[0].AsEnumerable<double>()] : [.. results[0].AsEnumerable<float>().Select(v => (double)v)];
            return new(question.Spelling, question.Format, question.Point) { Value = new(program.Types[program.Outputs[0].Value].Shape, value) };
        }
        catch (Exception e) when (e is OnnxRuntimeException or NonsmoothException)
        {
            throw new CannotException(PlainText.Of(e.Message.ReplaceLineEndings(" ")));
        }
    }

    private static NamedOnnxValue Fed(string name, RecordedArray x, bool isDouble) => isDouble
        ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<double>(x.Data.ToArray(), x.Shape.ToArray()))
        : NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(x.Data.Select(v => (float)v).ToArray(), x.Shape.ToArray()));
}
