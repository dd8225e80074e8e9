using Nonsmooth.Engines.Protocol;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Autograd;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Engines;

/// <summary>libtorch's own autograd in this process, as an engine that can be checked.</summary>
/// <remarks>Its operators, its derivative formulas, its engine; nothing of this library's dictionary. Reverse mode only.</remarks>
public sealed class LibTorchEngine : IEngine
{
    private static readonly Dictionary<string, TorchDtype> _formats = new(StringComparer.Ordinal)
    {
        ["f64"] = TorchDtype.Float64,
        ["f32"] = TorchDtype.Float32,
        ["bf16"] = TorchDtype.BFloat16,
        ["f16"] = TorchDtype.Float16,
    };

    /// <inheritdoc/>
    public EngineHello Hello { get; } = new("libtorch", LibTorchLibrary.Version.ToString(), "autograd, in process", [.. _formats.Keys]);

    /// <inheritdoc/>
    public Answer Ask(Question question)
    {
        var function = LibTorchSpelling.Of(question.Written);
        AutogradAnswer answer;
        try
        {
            answer = AutogradProbe.Ask(
                _formats[question.Format],
                [.. question.Inputs.Select(x => new AutogradInput([.. x.Shape.Select(s => (long)s)], x.Data))],
                function,
                question.Cotangent);
        }
        catch (LibTorchException e)
        {
            throw new CannotException(PlainText.Of(e.Message.Split('\n')[0]));
        }

        var value = new RecordedArray(question.Kind == SpellingKind.Map ? new Shape(answer.Value.Count) : new Shape([.. answer.Sizes.Select(s => (int)s)]), answer.Value);
        return new Answer(question.Spelling, question.Format, question.Point)
        {
            Value = value,
            Reverse = [.. question.Inputs.Select((_, i) => answer.Gradients?[i])],
        };
    }
}
