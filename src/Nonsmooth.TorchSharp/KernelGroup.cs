using TorchSharp.Modules;
using Rule = Nonsmooth.Optimizers.OptimizerOptions;

namespace Nonsmooth.TorchSharp;

/// <summary>Parameters that are optimized in one way.</summary>
public sealed class KernelGroup : ParamGroup<KernelGroupOptions>
{
    /// <summary>A group.</summary>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="options">Its optimizer; null, the default, for the one of all.</param>
    /// <param name="lr">Its learning rate; null, the default, for the one of all.</param>
    /// <param name="matrices">
    /// Whether parameters of two axes or more are matrices to Muon, the first axis their rows. Default true; set it to
    /// false for embeddings and output layers, which Muon leaves to AdamW.
    /// </param>
    public KernelGroup(IEnumerable<Parameter> parameters, Rule? options = null, double? lr = null, bool matrices = true)
        : base(parameters, new KernelGroupOptions { Rule = options, LearningRate = lr, Matrices = matrices })
    {
    }
}
