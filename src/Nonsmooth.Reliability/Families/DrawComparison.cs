using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Reliability.Gradients;

namespace Nonsmooth.Reliability.Families;

/// <summary>Two backprops of one subject, compiled, with the screen that spares them batches.</summary>
internal sealed class DrawComparison : IDisposable
{
    private readonly IAuditSubject _subject;
    private readonly GradientRunner _reference;
    private readonly GradientRunner _other;
    private readonly KinkScreen? _screen;

    public DrawComparison(IAuditSubject subject, GradientPair pair, AffectedOptions options)
    {
        _subject = subject;
        _reference = new GradientRunner(pair.Reference, options.Precision, subject.Device);
        _other = new GradientRunner(pair.Other, options.Precision, subject.Device);
        _screen = options.Screen && pair.Screens ? new KinkScreen(subject.Objective, options.Precision, subject.Device) : null;
    }

    public int Batches => _subject.Batches;

    /// <summary>Whether a batch's gradients differ, and how many arguments were at a kink (0 without a screen).</summary>
    public (bool Differs, long AtKinks) Batch(int draw, int batch)
    {
        var inputs = _subject.Inputs(draw, batch);
        long visits = _screen?.Count(inputs) ?? 0;
        return ((_screen is null || visits > 0) && Differ(inputs), visits);
    }

    public void Dispose()
    {
        _reference.Dispose();
        _other.Dispose();
        _screen?.Dispose();
    }

    private bool Differ(IReadOnlyList<TorchTensor> inputs) =>
        !GradientDistance.Between(_reference.Run(inputs), _other.Run(inputs)).IsZero;
}
