using System.Numerics;

namespace Nonsmooth.Training.Optimizers.Kernels;

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
/// <typeparam name="TOptions">The optimizer's options.</typeparam>
public interface IUpdateRule<TSelf, T, TOptions> : IUpdateRule<T>
    where TSelf : struct, IUpdateRule<TSelf, T, TOptions>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TOptions : OptimizerOptions
{
    /// <summary>The coefficients of step <paramref name="step"/> (the first is 1).</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="rate">The learning rate of this step, valid for the options.</param>
    /// <param name="step">How many steps this parameter has taken, this one included.</param>
    /// <param name="decay">Whether weight decay applies to this parameter.</param>
    static abstract TSelf Create(TOptions options, double rate, long step, bool decay);

    /// <summary>
    /// The factor f of the initial value f·θ₀ of state <paramref name="state"/>, where θ₀ is the parameter
    /// just before its first step. 0 for all states but ψ.
    /// </summary>
    static virtual double InitialFactor(TOptions options, int state) => 0;
}
