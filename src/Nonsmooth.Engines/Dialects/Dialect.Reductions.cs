using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Dialects;

public partial class Dialect
{
    /// <summary>The sum of all.</summary>
    public virtual Variable Sum(Variable x) => x.Sum();

    /// <summary>The mean of all.</summary>
    public virtual Variable Mean(Variable x) => x.Mean();

    /// <summary>The greatest of all.</summary>
    public virtual Variable Max(Variable x) => x.Max();

    /// <summary>The least of all.</summary>
    public virtual Variable Min(Variable x) => x.Min();

    /// <summary>The greatest of all, by the function over axes.</summary>
    public virtual Variable Amax(Variable x) => x.Max();

    /// <summary>The least of all, by the function over axes.</summary>
    public virtual Variable Amin(Variable x) => x.Min();

    /// <summary>The greatest over axis 0, where an engine has it with an index.</summary>
    public virtual Variable MaxAxis(Variable x) => x.Max(0);

    /// <summary>The least over axis 0, where an engine has it with an index.</summary>
    public virtual Variable MinAxis(Variable x) => x.Min(0);

    /// <summary>The greatest over axis 0, where an engine has it with an index.</summary>
    public virtual Variable Max0(Variable x) => x.Max(0);

    /// <summary>The greatest over axis 0.</summary>
    public virtual Variable Amax0(Variable x) => x.Max(0);

    /// <summary>The sum over axis 0.</summary>
    public virtual Variable Sum0(Variable x) => x.Sum(0);

    /// <summary>log Σ exp over axis 0.</summary>
    public virtual Variable Logsumexp0(Variable x) => x.LogSumExp(0);

    /// <summary>log Σ exp of all.</summary>
    public virtual Variable Logsumexp(Variable x) => x.LogSumExp();

    /// <summary>The p-norm of all.</summary>
    public virtual Variable Norm(Variable x, double order) => Known(order) ? x.Norm(order) : Missing($"norm of order {order}");

    /// <summary>The p-norm over axis 0.</summary>
    public virtual Variable Norm0(Variable x, double order) => Known(order) ? x.Norm(order, 0) : Missing($"norm of order {order}");

    /// <summary>The Frobenius norm of a vector as a row.</summary>
    public virtual Variable NormFroRow(Variable x) => Norm(x, 2);

    /// <summary>The scalar product.</summary>
    public virtual Variable Dot(Variable x, Variable y) => Functions.Dot(x, y);

    /// <summary>The variance with divisor n − 1.</summary>
    public virtual Variable Var(Variable x) => Functions.Square(x - x.Mean()).Sum() * (1.0 / (x.Shape[0] - 1));

    /// <summary>softmax.</summary>
    public virtual Variable Softmax(Variable x) => Functions.Softmax(x);

    /// <summary>log softmax.</summary>
    public virtual Variable LogSoftmax(Variable x) => Functions.LogSoftmax(x);

    /// <summary>(x − mean)/√(variance + 10⁻⁵).</summary>
    public virtual Variable LayerNorm(Variable x) => Functions.LayerNorm(x, Full(x, 1), Full(x, 0));

    /// <summary>The greatest column sum of sizes.</summary>
    public virtual Variable MatrixNorm1(Variable x) => Max(Norm0(x, 1));

    /// <summary>The greatest row sum of sizes.</summary>
    public virtual Variable MatrixNormInf(Variable x) => Max(Norm0(x.Transpose(1, 0), 1));

    /// <summary>The Frobenius norm of a matrix.</summary>
    public virtual Variable MatrixNormFro(Variable x) => Norm(x, 2);

    /// <summary>Whether the dictionary has the norm.</summary>
    private static bool Known(double order) => order is 1 or 2 or double.PositiveInfinity;
}
