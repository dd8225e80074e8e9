using Nonsmooth.Optimizers.Kernels;

namespace Nonsmooth.Optimizers;

/// <content>Steps that look at the gradients first.</content>
public abstract partial class Optimizer
{
    private GradientNorm? _norm;

    /// <summary>
    /// Takes one step after a look at all gradients: undoes a loss scale, clips their common norm, and takes
    /// none where one is not finite. The factor is applied as the step reads the gradients.
    /// </summary>
    /// <param name="gradients">As in the plain step.</param>
    /// <param name="rate">As in the plain step.</param>
    /// <param name="guard">What to look at.</param>
    /// <exception cref="NonsmoothException">A number is out of its range, or a gradient is not finite and the guard does not skip; nothing has changed then.</exception>
    public StepResult Step(ReadOnlySpan<nint> gradients, double rate, StepGuard guard)
    {
        guard.Validate();
        CheckGradients(gradients);
        CheckRate(rate);
        _norm ??= new GradientNorm([.. Slots.Select(slot => slot.Length)], _pool);
        return Step(gradients, rate, guard, _norm.Measure(gradients));
    }

    /// <summary>Takes a step of some parameters whose gradients have, together with those of the others, this norm before the gradient scale.</summary>
    internal StepResult Step(ReadOnlySpan<nint> gradients, double rate, StepGuard guard, double measured)
    {
        guard.Validate();
        CheckGradients(gradients);
        CheckRate(rate);
        double norm = measured * Math.Abs(guard.GradientScale);
        if (!double.IsFinite(norm))
        {
            return guard.SkipNonFinite
                ? new StepResult(norm, 0, Skipped: true)
                : throw new NonsmoothException("a gradient is not finite: lower the rate or the loss scale, or let the guard skip the step");
        }

        double factor = guard.GradientScale * guard.Clipping(norm);
        Advance(gradients, rate, factor);
        return new StepResult(norm, factor, Skipped: false);
    }
}
