using System.Collections.Immutable;

namespace Nonsmooth.Selections;

/// <summary>The element of a conservative Jacobian that a derivative takes at every kink of a program.</summary>
/// <remarks>
/// A selection changes neither a program's value nor its operation count: only what the derivative is
/// on the null set where the program is not differentiable. Defaults are those of libtorch 2.10 wherever
/// it has one answer (reliability specification, section 5).
/// </remarks>
public sealed record Selection
{
    // One object, so that selections without named nodes are equal when their rules are; before the presets, which use it.
    private static readonly ImmutableSortedDictionary<string, Selection> _none =
        ImmutableSortedDictionary.Create<string, Selection>(StringComparer.Ordinal);

    private readonly ImmutableSortedDictionary<string, Selection> _nodes = _none;

    /// <summary>What libtorch 2.10 selects.</summary>
    public static Selection Default { get; } = new();

    /// <summary>The minimal-norm Clarke subgradient of every elementary function.</summary>
    public static Selection MinimalNorm { get; } = new()
    {
        EluAtZero = KinkRule.MinimalNorm,
        SeluAtZero = KinkRule.MinimalNorm,
        ClampAtBounds = KinkRule.MinimalNorm,
        MaxPoolTies = TieRule.Average,
        CumulativeMaximumTies = TieRule.Average,
        MedianTies = TieRule.Average,
    };

    /// <summary>What JAX 0.10 selects.</summary>
    /// <remarks>Its running maximum and the element that its median takes are no selection's: see docs/selections.md.</remarks>
    public static Selection Jax { get; } = new()
    {
        AbsAtZero = KinkRule.Right,
        LeakyReluAtZero = KinkRule.Right,
        HardtanhAtBounds = KinkRule.Steepest,
        ClampAtBounds = KinkRule.Midpoint,
        NormAtZero = double.NaN,
    };

    /// <summary>What libtorch 2.14 selects: as 2.10, but 0 at the bounds of clamp, where they are numbers.</summary>
    public static Selection LibTorchNext { get; } = new()
    {
        ClampAtBounds = 0,
    };

    /// <summary>What TensorFlow 2.21 selects; elu is Keras's.</summary>
    /// <remarks>maximum gives a tie to its first argument, also where that is the constant of <c>maximum(0, x)</c>.</remarks>
    public static Selection TensorFlow { get; } = new()
    {
        SeluAtZero = KinkRule.Right,
        HardtanhAtBounds = KinkRule.Steepest,
        MaximumTies = TieRule.First,
        NormAtZero = double.NaN,
    };

    /// <summary>What PaddlePaddle 3.3 selects.</summary>
    /// <remarks>Its ∞-norm sends the whole cotangent to each entry that attains it: not conservative.</remarks>
    public static Selection Paddle { get; } = new()
    {
        LeakyReluAtZero = KinkRule.Right,
        MedianTies = TieRule.Average,
        InfinityNormTies = TieRule.Every,
    };

    /// <summary>What tinygrad 0.14 selects.</summary>
    /// <remarks>Its elu, a difference of two relus, has slope 0 at 0, outside Clarke's interval from α to 1.</remarks>
    public static Selection Tinygrad { get; } = new()
    {
        LeakyReluAtZero = KinkRule.Right,
        EluAtZero = 0,
        SeluAtZero = KinkRule.Right,
        Relu6AtBounds = KinkRule.Left,
        HardtanhAtBounds = KinkRule.Steepest,
        HardsigmoidAtBounds = KinkRule.Left,
        HardswishAtBounds = KinkRule.Left,
        MaxPoolTies = TieRule.Average,
    };

    /// <summary>What autograd 1.9 selects; relu, which it lacks, as maximum(x, 0).</summary>
    public static Selection Autograd { get; } = new()
    {
        ReluAtZero = KinkRule.Midpoint,
        ClampAtBounds = 0,
        NormAtZero = double.NaN,
    };

    /// <summary>What PyTensor 3.0 selects; relu, which it lacks, as maximum(x, 0).</summary>
    /// <remarks>max and min over axes send the whole cotangent to each entry that attains them: not conservative.</remarks>
    public static Selection PyTensor { get; } = new()
    {
        ReluAtZero = KinkRule.Right,
        MaximumTies = TieRule.First,
        ReduceMaximumTies = TieRule.Every,
        InfinityNormTies = TieRule.Every,
        NormAtZero = double.NaN,
    };

    /// <summary>What CasADi 3.8 selects; relu and clip, which it lacks, by fmax and fmin.</summary>
    public static Selection Casadi { get; } = new()
    {
        ReluAtZero = KinkRule.Midpoint,
        ClampAtBounds = KinkRule.Midpoint,
        NormAtZero = double.NaN,
    };

    /// <summary>What Warp 1.19 selects; relu, which it lacks, as max(x, 0).</summary>
    public static Selection Warp { get; } = new()
    {
        AbsAtZero = KinkRule.Right,
        ClampAtBounds = KinkRule.Right,
        MaximumTies = TieRule.Last,
        ReduceMaximumTies = TieRule.First,
    };

    /// <summary>relu at 0. Default 0.</summary>
    public KinkRule ReluAtZero { get; init; } = 0;

    /// <summary>relu6 at 0 and 6. Default minimal norm, 0.</summary>
    public KinkRule Relu6AtBounds { get; init; } = KinkRule.MinimalNorm;

    /// <summary>Leaky relu at 0. Default left, the negative slope.</summary>
    public KinkRule LeakyReluAtZero { get; init; } = KinkRule.Left;

    /// <summary>elu at 0. Default left.</summary>
    public KinkRule EluAtZero { get; init; } = KinkRule.Left;

    /// <summary>selu at 0. Default left.</summary>
    public KinkRule SeluAtZero { get; init; } = KinkRule.Left;

    /// <summary>hardtanh at its bounds. Default minimal norm, 0.</summary>
    public KinkRule HardtanhAtBounds { get; init; } = KinkRule.MinimalNorm;

    /// <summary>hardsigmoid at ±3. Default minimal norm, 0.</summary>
    public KinkRule HardsigmoidAtBounds { get; init; } = KinkRule.MinimalNorm;

    /// <summary>hardswish at ±3. Default minimal norm: 0 and 1.</summary>
    public KinkRule HardswishAtBounds { get; init; } = KinkRule.MinimalNorm;

    /// <summary>clamp at its bounds (and hinge at its margin). Default steepest, 1.</summary>
    public KinkRule ClampAtBounds { get; init; } = KinkRule.Steepest;

    /// <summary>abs at 0 (and the 1-norm, l1, huber through it). Default minimal norm, 0.</summary>
    public KinkRule AbsAtZero { get; init; } = KinkRule.MinimalNorm;

    /// <summary>maximum and minimum of two arguments. Default average: ½, ½.</summary>
    public TieRule MaximumTies { get; init; } = TieRule.Average;

    /// <summary>max and min over axes. Default average, 1/k each.</summary>
    public TieRule ReduceMaximumTies { get; init; } = TieRule.Average;

    /// <summary>Max-pooling windows. Default first.</summary>
    public TieRule MaxPoolTies { get; init; } = TieRule.First;

    /// <summary>Running maximum. Default last.</summary>
    public TieRule CumulativeMaximumTies { get; init; } = TieRule.Last;

    /// <summary>Entries equal to the median. Default first in the stable order.</summary>
    public TieRule MedianTies { get; init; } = TieRule.First;

    /// <summary>Entries that attain the ∞-norm. Default average.</summary>
    public TieRule InfinityNormTies { get; init; } = TieRule.Average;

    /// <summary>Every entry of the derivative of a 2-norm (norm pooling included) at 0. Default 0, minimal norm.</summary>
    public double NormAtZero { get; init; }

    /// <summary>Constraints of a solution map that are active without a multiplier. Default inactive.</summary>
    /// <remarks>No framework has a rule of its own for them: what theirs select depends on where their solver stopped.</remarks>
    public ActivityRule WeaklyActive { get; init; } = ActivityRule.Inactive;

    /// <summary>The names for which another selection holds.</summary>
    public IEnumerable<string> NamedNodes => _nodes.Keys;

    /// <summary>The same selection, but another one at a node or at all nodes of a module.</summary>
    /// <param name="name">A node's name, or a prefix of names that ends before a dot (<c>features.3</c>).</param>
    /// <param name="selection">What holds there; its own named nodes are ignored.</param>
    public Selection At(string name, Selection selection) => this with { Nodes = _nodes.SetItem(name, selection) };

    private ImmutableSortedDictionary<string, Selection> Nodes
    {
        init => _nodes = value;
    }

    /// <summary>The selection that holds at a node: that of the longest name that covers it.</summary>
    public Selection For(string nodeName)
    {
        var best = this;
        int length = -1;
        foreach (var (name, selection) in _nodes)
        {
            bool covers = nodeName.StartsWith(name, StringComparison.Ordinal)
                && (nodeName.Length == name.Length || nodeName[name.Length] == '.');
            if (covers && name.Length > length)
            {
                (best, length) = (selection, name.Length);
            }
        }

        return best;
    }
}
