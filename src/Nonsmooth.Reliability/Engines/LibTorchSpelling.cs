using Nonsmooth.Engines.Protocol;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.LibTorch.Autograd;

namespace Nonsmooth.Reliability.Engines;

/// <summary>Spellings as functions of libtorch's tensors, differentiated by its own autograd.</summary>
internal static class LibTorchSpelling
{
    /// <summary>The function that a text writes.</summary>
    /// <exception cref="CannotException">The text is none that is read; the function throws it too, of an operation that is not in <see cref="LibTorchOperations"/>.</exception>
    public static Func<IReadOnlyList<AutogradTensor>, AutogradTensor> Of(string written)
    {
        var tree = WrittenTree.Find(written) ?? throw new CannotException($"'{written}' is no spelling that it reads");
        return x => (AutogradTensor)WrittenTree.Run(tree, x, LibTorchOperations.Apply)!;
    }
}
