using Nonsmooth.Programs;

namespace Nonsmooth.Sparsity;

/// <summary>A workspace of a sparse derivative: finds it at one point after another.</summary>
/// <remarks>For one thread at a time; two of them run side by side.</remarks>
public sealed class SparseRun
{
    private readonly ProductRun _products;
    private readonly Program _program;
    private readonly SparsityPattern _pattern;
    private readonly Recovery _recover;
    private readonly double[] _values;

    internal SparseRun(ProductRun products, Program program, SparsityPattern pattern, Recovery recover)
    {
        (_products, _program, _pattern, _recover) = (products, program, pattern, recover);
        _values = new double[pattern.Count];
    }

    /// <summary>Finds the values from the products.</summary>
    internal delegate void Recovery(Span<double> products, Span<double> values);

    /// <summary>The entries as the last execution left them, in the pattern's order.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Sets an input of the program.</summary>
    /// <param name="input">Its position.</param>
    /// <param name="elements">Row-major.</param>
    /// <exception cref="NonsmoothException">They do not fit the input's type.</exception>
    public void Set(int input, Array elements) => _products.Set(input, elements);

    /// <summary>Finds the entries at the inputs as they were set.</summary>
    public void Execute()
    {
        _products.Execute();
        _recover(_products.Products, _values);
    }

    /// <summary>Sets every input, executes, and copies the entries.</summary>
    /// <exception cref="NonsmoothException">An input is missing or does not fit its type.</exception>
    public SparseMatrix At(params IReadOnlyList<Array> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count != _program.Inputs.Count)
        {
            throw new NonsmoothException(
                $"the program takes {_program.Inputs.Count} inputs ({string.Join(", ", _program.Inputs.Select(i => i.Name))}), given {inputs.Count}");
        }

        for (int i = 0; i < inputs.Count; i++)
        {
            Set(i, inputs[i]);
        }

        Execute();
        return new(_pattern, [.. _values]);
    }
}
