using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The parameters of one problem, in double precision.</summary>
/// <param name="Shapes">Their shapes, without axes of a batch.</param>
/// <param name="Values">Their numbers, row-major.</param>
public sealed record Problem(IReadOnlyList<Shape> Shapes, IReadOnlyList<double[]> Values)
{
    /// <summary>A parameter of no axes.</summary>
    public double Number(int parameter) => Values[parameter][0];

    /// <summary>A parameter of one axis; a copy.</summary>
    public Vector<double> Vector(int parameter) => Vector<double>.Build.DenseOfArray(Values[parameter]);

    /// <summary>A parameter of two axes; a copy.</summary>
    public Matrix<double> Matrix(int parameter) => MatrixOf(parameter, Values[parameter]);

    /// <summary>Numbers like those of a parameter of two axes, as a matrix; a copy.</summary>
    public Matrix<double> MatrixOf(int parameter, double[] numbers) =>
        Dense.RowMajor(Shapes[parameter][0], Shapes[parameter][1], numbers);
}
