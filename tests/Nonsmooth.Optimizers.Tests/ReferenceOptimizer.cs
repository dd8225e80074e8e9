using System.Numerics;
using Nonsmooth.Optimizers.Kernels;

namespace Nonsmooth.Optimizers.Tests;

/// <summary>The library's rules on a managed array of any precision, one number at a time: what the fast path is held to.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal abstract class ReferenceOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected ReferenceOptimizer()
    {
    }

    /// <summary>The states by name, each as long as the parameter.</summary>
    public abstract IReadOnlyDictionary<string, T[]> States { get; }

    /// <summary>Steps taken.</summary>
    public abstract long StepCount { get; }

    /// <summary>Takes one step on <paramref name="theta"/>; weight decay applies.</summary>
    /// <exception cref="NonsmoothException">The rate is out of its range, or a length differs.</exception>
    public abstract void Step(Span<T> theta, ReadOnlySpan<T> gradient, double rate);

    /// <summary>The reference optimizer of a rule.</summary>
    /// <exception cref="NonsmoothException">An option cannot be used.</exception>
    public static ReferenceOptimizer<T> Create<TRule, TOptions>(TOptions options, int length)
        where TRule : struct, IUpdateRule<TRule, T, TOptions>
        where TOptions : OptimizerOptions
    {
        options.Validate();
        return new ForRule<TRule, TOptions>(options, length);
    }

    private sealed class ForRule<TRule, TOptions>(TOptions options, int length) : ReferenceOptimizer<T>
        where TRule : struct, IUpdateRule<TRule, T, TOptions>
        where TOptions : OptimizerOptions
    {
        private readonly T[][] _states = [new T[length], new T[length], new T[length]];
        private readonly T[] _tally = new T[Tally.Length];
        private long _step;

        public override long StepCount => _step;

        public override IReadOnlyDictionary<string, T[]> States =>
            TRule.StateNames.Select((name, i) => (name, values: _states[i])).Concat(TRule.HasTally ? [(Tally.Name, _tally)] : [])
                .ToDictionary(s => s.name, s => s.values);

        public override unsafe void Step(Span<T> theta, ReadOnlySpan<T> gradient, double rate)
        {
            options.ValidateStep(rate, _step + 1);
            if (theta.Length != length || gradient.Length != length)
            {
                throw new NonsmoothException(
                    $"{theta.Length} parameters and {gradient.Length} gradients given to an optimizer of {length}: give {length} of each");
            }

            var at = new RuleStep(rate, ++_step, Decay: true, Tally.Read<T>(_tally));
            if (TRule.HasTally)
            {
                at = at with { Tally = Tally.Write<T>(_tally, TRule.NextTally(options, at)) };
            }

            var rule = TRule.Create(options, at);
            if (_step == 1)
            {
                Initialize(theta);
            }

            T sign = options.Maximize ? -T.One : T.One;
            fixed (T* x = theta, g = gradient, s1 = _states[0], s2 = _states[1], s3 = _states[2])
            {
                Sweep<TRule, T>.Run<ScalarLanes<T>, T>(rule, sign, x, g, s1, s2, s3, 0, length);
            }
        }

        private void Initialize(ReadOnlySpan<T> theta)
        {
            for (int state = 0; state < TRule.StateCount; state++)
            {
                T factor = T.CreateChecked(TRule.InitialFactor(options, state));
                for (int i = 0; i < length; i++)
                {
                    _states[state][i] = factor * theta[i];
                }
            }
        }
    }
}
