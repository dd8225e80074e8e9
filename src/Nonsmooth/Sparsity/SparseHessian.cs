using Nonsmooth.Differentiation;
using Nonsmooth.Programs;

namespace Nonsmooth.Sparsity;

/// <summary>The Hessian of a scalar program, found from few products with vectors by colouring its pattern.</summary>
/// <remarks>
/// It is the Jacobian of the gradient that backprop takes under the selection: at a kink, of the piece, or mixture of pieces, that the rules take there, and no
/// second derivative in any other sense. Its pattern is that of the rules, whatever the point; each entry is found from one side of the diagonal.
/// </remarks>
public sealed class SparseHessian
{
    private readonly ProductPlan _plan;
    private readonly SymmetricRecovery _recovery;

    private SparseHessian(Program program, SparsityPattern pattern, ProductPlan plan, SymmetricRecovery recovery) =>
        (Program, Pattern, _plan, _recovery) = (program, pattern, plan, recovery);

    /// <summary>The program.</summary>
    public Program Program { get; }

    /// <summary>Symmetric, with its whole diagonal.</summary>
    public SparsityPattern Pattern { get; }

    /// <summary>The colours of the variables: as many products are made.</summary>
    public Colouring Colouring => _plan.Colouring;

    /// <summary>Finds pattern and colours of a program with one scalar output, and makes its products ready.</summary>
    /// <exception cref="NonsmoothException">The program has not one output, a scalar, or lacks an input that is asked for.</exception>
    public static SparseHessian Of(Program program, SparseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        options ??= SparseOptions.Default;
        if (program.Outputs is not [var output] || program.Types[output.Value] is not { Kind: Tensors.ElementKind.Real, Shape.Rank: 0 })
        {
            throw new NonsmoothException("a Hessian is of a program with one output, a real scalar: name it with Program.Only");
        }

        var gradient = program.Backprop(new BackpropOptions { WithRespectTo = options.WithRespectTo, Selection = options.Selection, KeepValues = false });
        var names = gradient.WithRespectTo;
        var products = gradient.Forprop(new ForpropOptions { WithRespectTo = names, Selection = options.Selection, KeepValues = false });
        int[] seeds = [.. names.Select(n => Position(products.Inputs, products.Tangent(n)))];
        int[] outputs = [.. names.Select(n => Position(products.Outputs, products.Jvp(gradient.Gradient(n).Name)))];
        var pattern = PatternDetection.Of(products, seeds, outputs).Symmetric();
        var colouring = options.Substitution ? Colouring.Acyclic(pattern) : Colouring.Star(pattern);
        return new(program, pattern, new(products, seeds, outputs, colouring), new(pattern, colouring, options.Substitution));
    }

    /// <summary>A workspace to find it in, for one thread at a time.</summary>
    public SparseRun Start() => new(new(_plan), Program, Pattern, _recovery.Recover);

    /// <summary>The Hessian at a point.</summary>
    /// <param name="inputs">The program's inputs in order, row-major.</param>
    /// <exception cref="NonsmoothException">An input is missing or does not fit its type.</exception>
    public SparseMatrix At(params IReadOnlyList<Array> inputs) => Start().At(inputs);

    internal static int Position<T>(IReadOnlyList<T> list, T item)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (EqualityComparer<T>.Default.Equals(list[i], item))
            {
                return i;
            }
        }

        throw new InvalidOperationException($"{item} is not there");
    }
}
