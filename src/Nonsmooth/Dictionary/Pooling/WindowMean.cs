using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The sum of every window of planes [N, C, H, W], divided by a number of its own.</summary>
/// <remarks>Elements are added in row-major order; division by 1 is not made. The adjoint is <see cref="AvgPoolSpread"/>.</remarks>
public abstract record WindowMean : LinearFunction
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Reals(arguments, 1);
        var x = Check.Rank(arguments, 0, 4);
        return [TensorType.Real(Windows(x).Output(x))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var x = (Tensor<T>)arguments[0];
        var windows = Windows(x.Shape);
        var y = new Tensor<T>(windows.Output(x.Shape));
        Span<int> places = new int[windows.Largest];
        for (int i = 0; i < y.Elements.Length; i++)
        {
            var (plane, window) = Math.DivRem(i, windows.Count);
            var elements = x.Elements.AsSpan(plane * windows.Plane, windows.Plane);
            int count = windows.Positions(window, places);
            var sum = elements[places[0]];
            for (int j = 1; j < count; j++)
            {
                sum += elements[places[j]];
            }

            y[i] = Divide(sum, Divisor(windows, window));
        }

        return [y];
    }

    /// <summary>One addition less than a window has elements inside the plane, one division by a constant.</summary>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var x = arguments[0].Shape;
        var windows = Windows(x);
        return x[0] * (long)x[1] * (OperationCount.Of(ScalarOperation.Add, windows.TotalTaps - windows.Count)
            + OperationCount.Of(ScalarOperation.MultiplyConstant, Divisions(windows)));
    }

    internal abstract PlaneWindows Windows(Shape x);

    internal abstract int Divisor(PlaneWindows windows, int window);

    /// <summary>How many windows of a plane have a divisor other than 1.</summary>
    internal abstract long Divisions(PlaneWindows windows);

    internal static T Divide<T>(T sum, int divisor)
        where T : struct, INumeric<T> => divisor == 1 ? sum : sum / T.FromDouble(divisor);

    /// <inheritdoc/>
    protected override Variable Adjoint(Derivation at, Variable cotangent)
    {
        var x = at.Arguments[0].Shape;
        return at.Builder.Apply(new AvgPoolSpread(this, [x[2], x[3]]), cotangent);
    }
}
