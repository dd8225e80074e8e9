using System.Collections.Immutable;

namespace Nonsmooth.Selections;

/// <summary>The element of a conservative Jacobian that a derivative takes at every kink of a program.</summary>
/// <remarks>
/// <para>A selection changes neither a program's value nor its operation count: only what the derivative is
/// on the null set where the program is not differentiable. It is a short list of rules by <see cref="SelectionKey"/>; under all
/// other keys their defaults hold, those of libtorch 2.10 wherever it has one answer (reliability specification, section 5).</para>
/// <para>The properties are views of the standard keys; other keys are read by <see cref="Of{TRule}"/> and set by <see cref="With{TRule}"/>.
/// Two selections are equal when they say the same under every key, at every named node.</para>
/// </remarks>
public sealed record Selection
{
    private ImmutableArray<(SelectionKey Key, object Rule)> _rules = [];
    private ImmutableSortedDictionary<string, Selection> _nodes = ImmutableSortedDictionary.Create<string, Selection>(StringComparer.Ordinal);
    private Principle _principle;
    private HashSet<SelectionKey>? _read;

    /// <summary>What libtorch 2.10 selects.</summary>
    public static Selection Default { get; } = new();

    /// <summary>The minimal-norm Clarke subgradient of every elementary function, under keys of one's own too.</summary>
    public static Selection MinimalNorm { get; } = new() { _principle = Principle.MinimalNorm };

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
    public KinkRule ReluAtZero
    {
        get => Of(SelectionKeys.ReluAtZero);
        init => Put(SelectionKeys.ReluAtZero, value);
    }

    /// <summary>relu6 at 0 and 6. Default minimal norm, 0.</summary>
    public KinkRule Relu6AtBounds
    {
        get => Of(SelectionKeys.Relu6AtBounds);
        init => Put(SelectionKeys.Relu6AtBounds, value);
    }

    /// <summary>Leaky relu at 0. Default left, the negative slope.</summary>
    public KinkRule LeakyReluAtZero
    {
        get => Of(SelectionKeys.LeakyReluAtZero);
        init => Put(SelectionKeys.LeakyReluAtZero, value);
    }

    /// <summary>elu at 0. Default left.</summary>
    public KinkRule EluAtZero
    {
        get => Of(SelectionKeys.EluAtZero);
        init => Put(SelectionKeys.EluAtZero, value);
    }

    /// <summary>selu at 0. Default left.</summary>
    public KinkRule SeluAtZero
    {
        get => Of(SelectionKeys.SeluAtZero);
        init => Put(SelectionKeys.SeluAtZero, value);
    }

    /// <summary>hardtanh at its bounds. Default minimal norm, 0.</summary>
    public KinkRule HardtanhAtBounds
    {
        get => Of(SelectionKeys.HardtanhAtBounds);
        init => Put(SelectionKeys.HardtanhAtBounds, value);
    }

    /// <summary>hardsigmoid at ±3. Default minimal norm, 0.</summary>
    public KinkRule HardsigmoidAtBounds
    {
        get => Of(SelectionKeys.HardsigmoidAtBounds);
        init => Put(SelectionKeys.HardsigmoidAtBounds, value);
    }

    /// <summary>hardswish at ±3. Default minimal norm: 0 and 1.</summary>
    public KinkRule HardswishAtBounds
    {
        get => Of(SelectionKeys.HardswishAtBounds);
        init => Put(SelectionKeys.HardswishAtBounds, value);
    }

    /// <summary>clamp at its bounds (and hinge at its margin). Default steepest, 1.</summary>
    public KinkRule ClampAtBounds
    {
        get => Of(SelectionKeys.ClampAtBounds);
        init => Put(SelectionKeys.ClampAtBounds, value);
    }

    /// <summary>abs at 0 (and the 1-norm, l1, huber through it). Default minimal norm, 0.</summary>
    public KinkRule AbsAtZero
    {
        get => Of(SelectionKeys.AbsAtZero);
        init => Put(SelectionKeys.AbsAtZero, value);
    }

    /// <summary>maximum and minimum of two arguments. Default average: ½, ½.</summary>
    public TieRule MaximumTies
    {
        get => Of(SelectionKeys.MaximumTies);
        init => Put(SelectionKeys.MaximumTies, value);
    }

    /// <summary>max and min over axes. Default average, 1/k each.</summary>
    public TieRule ReduceMaximumTies
    {
        get => Of(SelectionKeys.ReduceMaximumTies);
        init => Put(SelectionKeys.ReduceMaximumTies, value);
    }

    /// <summary>Max-pooling windows. Default first.</summary>
    public TieRule MaxPoolTies
    {
        get => Of(SelectionKeys.MaxPoolTies);
        init => Put(SelectionKeys.MaxPoolTies, value);
    }

    /// <summary>Running maximum. Default last.</summary>
    public TieRule CumulativeMaximumTies
    {
        get => Of(SelectionKeys.CumulativeMaximumTies);
        init => Put(SelectionKeys.CumulativeMaximumTies, value);
    }

    /// <summary>Entries equal to the median. Default first in the stable order.</summary>
    public TieRule MedianTies
    {
        get => Of(SelectionKeys.MedianTies);
        init => Put(SelectionKeys.MedianTies, value);
    }

    /// <summary>Entries that attain the ∞-norm. Default average.</summary>
    public TieRule InfinityNormTies
    {
        get => Of(SelectionKeys.InfinityNormTies);
        init => Put(SelectionKeys.InfinityNormTies, value);
    }

    /// <summary>Every entry of the derivative of a 2-norm (norm pooling included) at 0. Default 0, minimal norm.</summary>
    public double NormAtZero
    {
        get => Of(SelectionKeys.NormAtZero);
        init => Put(SelectionKeys.NormAtZero, value);
    }

    /// <summary>Constraints of a solution map that are active without a multiplier. Default inactive.</summary>
    /// <remarks>No framework has a rule of its own for them: what theirs select depends on where their solver stopped.</remarks>
    public ActivityRule WeaklyActive
    {
        get => Of(SelectionKeys.WeaklyActive);
        init => Put(SelectionKeys.WeaklyActive, value);
    }

    /// <summary>The rules that differ from what holds without them, by key.</summary>
    public IReadOnlyList<(SelectionKey Key, object Rule)> Rules => _rules;

    /// <summary>The names for which another selection holds.</summary>
    public IEnumerable<string> NamedNodes => _nodes.Keys;

    /// <summary>At every kink between the one-sided derivatives.</summary>
    internal static Selection Middle { get; } = new() { _principle = Principle.Middle };

    /// <summary>The keys that some work reads of the selection that it is given: how a rule is asked what decides at its kinks.</summary>
    internal static IReadOnlyList<SelectionKey> KeysRead(Action<Selection> work)
    {
        var watched = new Selection { _read = [] };
        work(watched);
        return [.. watched._read.OrderBy(k => k.Name, StringComparer.Ordinal)];
    }

    /// <summary>What holds under a key.</summary>
    public TRule Of<TRule>(SelectionKey<TRule> key)
        where TRule : notnull
    {
        _read?.Add(key);
        foreach (var (own, rule) in _rules)
        {
            if (ReferenceEquals(own, key))
            {
                return (TRule)rule;
            }
        }

        return _principle == Principle.Default ? key.Default : (TRule)key.Principled(_principle);
    }

    /// <summary>The same selection with another rule under a key.</summary>
    public Selection With<TRule>(SelectionKey<TRule> key, TRule rule)
        where TRule : notnull
    {
        var changed = this with { };
        changed.Put(key, rule);
        return changed;
    }

    /// <summary>The same selection, but another one at a node or at all nodes of a module.</summary>
    /// <param name="name">
    /// A node's name, or a prefix of names that ends before a dot (<c>features.3</c>). It is checked where the selection is
    /// applied: a name that covers no node of the program is an error there.
    /// </param>
    /// <param name="selection">What holds there; its own named nodes are ignored.</param>
    public Selection At(string name, Selection selection)
    {
        var changed = this with { };
        changed._nodes = _nodes.SetItem(name, selection);
        return changed;
    }

    /// <summary>The selection that holds at a node: that of the longest name that covers it.</summary>
    public Selection For(string nodeName)
    {
        var best = this;
        int length = -1;
        foreach (var (name, selection) in _nodes)
        {
            if (name.Length > length && Covers(name, nodeName))
            {
                (best, length) = (selection, name.Length);
            }
        }

        return best;
    }

    /// <summary>Refuses names that cover none of a program's nodes.</summary>
    /// <param name="nodes">The names of the nodes; not read where no node is named.</param>
    /// <exception cref="NonsmoothException">A name covers none; the message has near names.</exception>
    public void CheckNames(IEnumerable<string> nodes)
    {
        if (_nodes.Count == 0)
        {
            return;
        }

        string[] all = [.. nodes];
        foreach (string name in _nodes.Keys.Where(name => !Array.Exists(all, node => Covers(name, node))))
        {
            var modules = all.SelectMany(Prefixes).Distinct();
            throw new NonsmoothException(
                $"the selection names '{name}', and no node or module of the program has that name{Nearest.Question(name, modules)}"
                + $"{(all.Length == 0 ? ": the program has no nodes" : $" (there are {string.Join(", ", all.Take(8))}{(all.Length > 8 ? ", …" : "")})")}");
        }
    }

    /// <inheritdoc/>
    public bool Equals(Selection? other) => other is not null && _principle == other._principle
        && _rules.SequenceEqual(other._rules) && _nodes.SequenceEqual(other._nodes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(_principle);
        foreach (var (key, rule) in _rules)
        {
            hash.Add(key.Name);
            hash.Add(rule);
        }

        hash.Add(_nodes.Count);
        return hash.ToHashCode();
    }

    /// <summary>The rules that are not the defaults, then those of named nodes: <c>relu-at-zero=0.5; at head: clamp-at-bounds=left</c>.</summary>
    public override string ToString()
    {
        string own = string.Join(", ", _rules.Select(r => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{r.Key}={r.Rule}")));
        string all = _principle == Principle.Default
            ? own.Length == 0 ? "default" : own
            : $"{(_principle == Principle.MinimalNorm ? "minimal-norm" : "middle")}{(own.Length == 0 ? "" : $", {own}")}";
        return string.Join("; ", [all, .. _nodes.Select(n => $"at {n.Key}: {n.Value with { _nodes = _nodes.Clear() }}")]);
    }

    private static bool Covers(string name, string node) => node.StartsWith(name, StringComparison.Ordinal)
        && (node.Length == name.Length || node[name.Length] == '.');

    private static IEnumerable<string> Prefixes(string name)
    {
        for (int dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1))
        {
            yield return name[..dot];
        }

        yield return name;
    }

    // Sorted, and without what holds anyway: so equality is that of lists.
    private void Put(SelectionKey key, object rule)
    {
        var others = _rules.RemoveAll(r => ReferenceEquals(r.Key, key));
        object without = _principle == Principle.Default ? key.DefaultRule : key.Principled(_principle);
        int place = others.Count(r => string.CompareOrdinal(r.Key.Name, key.Name) < 0);
        _rules = rule.Equals(without) ? others : others.Insert(place, (key, rule));
    }
}
