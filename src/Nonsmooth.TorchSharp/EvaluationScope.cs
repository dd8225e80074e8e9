using Nonsmooth.Optimizers;

namespace Nonsmooth.TorchSharp;

/// <summary>The evaluation weights of several groups, put back together.</summary>
internal sealed class EvaluationScope(IReadOnlyList<EvaluationWeights> parts) : IDisposable
{
    public void Dispose()
    {
        foreach (EvaluationWeights part in parts)
        {
            part.Dispose();
        }
    }
}
