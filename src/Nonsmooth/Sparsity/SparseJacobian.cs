using Nonsmooth.Cost;
using Nonsmooth.Differentiation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Sparsity;

/// <summary>The Jacobian of a program's real outputs, found from few products with vectors by colouring its pattern.</summary>
/// <remarks>
/// Rows are the elements of the real outputs, one output after another. It is the Jacobian that the rules take under the selection, at kinks too, and its pattern
/// is that of the rules, whatever the point.
/// </remarks>
public sealed class SparseJacobian
{
    private readonly ProductPlan _plan;
    private readonly (int Row, int Colour)[] _from;

    private SparseJacobian(Program program, SparsityPattern pattern, ProductPlan plan, SparseMode mode, (int Forward, int Reverse) colours)
    {
        (Program, Pattern, _plan, Mode, Colours) = (program, pattern, plan, mode, colours);
        var from = new List<(int, int)>(pattern.Count);
        for (int r = 0; r < pattern.Rows; r++)
        {
            foreach (int c in pattern.Row(r))
            {
                from.Add(mode == SparseMode.Forward ? (r, plan.Colouring.Of[c]) : (c, plan.Colouring.Of[r]));
            }
        }

        _from = [.. from];
    }

    /// <summary>The program.</summary>
    public Program Program { get; }

    /// <summary>Which entries can be other than 0.</summary>
    public SparsityPattern Pattern { get; }

    /// <summary>How it is swept: forward or in reverse.</summary>
    public SparseMode Mode { get; }

    /// <summary>The colours of the columns, or of the rows: as many products are made.</summary>
    public Colouring Colouring => _plan.Colouring;

    /// <summary>How many colours the columns need, and the rows.</summary>
    public (int Forward, int Reverse) Colours { get; }

    /// <summary>Finds pattern and colours, and makes the products ready.</summary>
    /// <exception cref="NonsmoothException">The program lacks an input that is asked for.</exception>
    public static SparseJacobian Of(Program program, SparseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        options ??= SparseOptions.Default;
        string[] names = options.WithRespectTo.Count > 0 ? [.. options.WithRespectTo]
            : [.. program.Inputs.Where(i => program.Types[i.Value].Kind == ElementKind.Real).Select(i => i.Name)];
        string[] real = [.. program.Outputs.Where(o => program.Types[o.Value].Kind == ElementKind.Real).Select(o => o.Name)];
        var forward = program.Forprop(new ForpropOptions { WithRespectTo = names, Selection = options.Selection, KeepValues = false });
        int[] seeds = [.. names.Select(n => SparseHessian.Position(forward.Inputs, forward.Tangent(n)))];
        int[] outputs = [.. real.Select(n => SparseHessian.Position(forward.Outputs, forward.Jvp(n)))];
        var pattern = PatternDetection.Of(forward, seeds, outputs);
        var (columns, rows) = (Colouring.OfColumns(pattern), Colouring.OfColumns(pattern.Transposed()));
        var colours = (columns.Count, rows.Count);
        var reverse = program.Backprop(new BackpropOptions { WithRespectTo = names, Selection = options.Selection, KeepValues = false, SeedInput = true });
        bool isForward = options.Mode == SparseMode.Forward
            || (options.Mode == SparseMode.Cheapest && columns.Count * forward.Count().Total <= rows.Count * reverse.Count().Total);
        if (isForward)
        {
            return new(program, pattern, new(forward, seeds, outputs, columns), SparseMode.Forward, colours);
        }

        int[] cotangents = [.. real.Select(n => SparseHessian.Position(reverse.Inputs, reverse.Seed(n)))];
        int[] gradients = [.. names.Select(n => SparseHessian.Position(reverse.Outputs, reverse.Gradient(n)))];
        return new(program, pattern, new(reverse, cotangents, gradients, rows), SparseMode.Reverse, colours);
    }

    /// <summary>A workspace to find it in, for one thread at a time.</summary>
    public SparseRun Start() => new(new(_plan), Program, Pattern, Recover);

    /// <summary>The Jacobian at a point.</summary>
    /// <param name="inputs">The program's inputs in order, row-major.</param>
    /// <exception cref="NonsmoothException">An input is missing or does not fit its type.</exception>
    public SparseMatrix At(params IReadOnlyList<Array> inputs) => Start().At(inputs);

    private void Recover(Span<double> products, Span<double> values)
    {
        for (int e = 0; e < _from.Length; e++)
        {
            values[e] = products[(_from[e].Row * Colouring.Count) + _from[e].Colour];
        }
    }
}
