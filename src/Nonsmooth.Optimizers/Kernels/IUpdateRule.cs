using System.Numerics;

namespace Nonsmooth.Optimizers.Kernels;

/// <summary>One optimizer's update of one coordinate, whatever its options.</summary>
/// <typeparam name="T">float for training; float or double for the reference path.</typeparam>
/// <remarks>
/// No options here: a type argument that is a class would make the loop shared generic code, in which the
/// static members below are calls instead of constants.
/// </remarks>
public interface IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Names of the state tensors, in the order of <see cref="Update"/>'s arguments.</summary>
    static abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>How many state tensors there are, 0 to 3; a constant, so unused ones cost nothing.</summary>
    static abstract int StateCount { get; }

    /// <summary>Updates the parameter and its states from the gradient, lane by lane.</summary>
    void Update<TLanes, TVector>(ref TVector theta, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : ILanes<T, TVector>
        where TVector : struct;
}

/// <summary>
/// How a rule comes from its options. The struct holds the coefficients of one step of one parameter,
/// computed in float64 by <see cref="Create"/> and rounded once to <typeparamref name="T"/>.
/// </summary>
/// <typeparam name="TSelf">The rule.</typeparam>
/// <typeparam name="T">float for training; float or double for the reference path.</typeparam>
/// <typeparam name="TOptions">The optimizer's options, whatever they are: a rule's arithmetic needs to know no more of them.</typeparam>
public interface IUpdateRule<TSelf, T, TOptions> : IUpdateRule<T>
    where TSelf : struct, IUpdateRule<TSelf, T, TOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TOptions : class
{
    /// <summary>Whether the rule keeps a <see cref="RuleStep.Tally"/>.</summary>
    static virtual bool HasTally => false;

    /// <summary>Whether the parameters in training are not those to evaluate: see <see cref="EvaluationWeight"/>.</summary>
    static virtual bool HasEvaluationWeights => false;

    /// <summary>The coefficients of a step.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="at">The step; the first has count 1.</param>
    static abstract TSelf Create(TOptions options, RuleStep at);

    /// <summary>The tally after this step, from the one before it (0 before the first).</summary>
    static virtual double NextTally(TOptions options, RuleStep before) => 0;

    /// <summary>The coordinate to evaluate, from the one in training and its states.</summary>
    static virtual T EvaluationWeight(TOptions options, T theta, T first, T second) => theta;

    /// <summary>
    /// The factor f of the initial value f·θ₀ of state <paramref name="state"/>, where θ₀ is the parameter
    /// just before its first step. 0 for most.
    /// </summary>
    static virtual double InitialFactor(TOptions options, int state) => 0;
}
