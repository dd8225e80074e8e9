using Nonsmooth.Compiled;
using Nonsmooth.Programs;

namespace Nonsmooth.Sparsity;

/// <summary>Products of a derivative with the sums of the unit vectors of each colour, at a point.</summary>
/// <remarks>Side by side in the lanes of vectors where the program is written out number by number, else one after another.</remarks>
internal sealed class ProductRun
{
    private readonly ProductPlan _plan;
    private readonly CompiledRun<double> _run;
    private readonly double[] _points;
    private readonly double[] _results;

    public ProductRun(ProductPlan plan)
    {
        _plan = plan;
        _run = plan.Compiled.Start();
        (_points, _results) = plan.Batch is { } batch ? (new double[plan.Colouring.Count * batch.Numbers], new double[plan.Colouring.Count * batch.Results]) : ([], []);
        Products = new double[plan.Rows * plan.Colouring.Count];
    }

    /// <summary>Row-major: a row an element of what is differentiated or of the gradient, a column a colour.</summary>
    public double[] Products { get; }

    public void Set(int input, Array elements) => _run.Set(input, elements);

    public void Execute()
    {
        if (_plan.Batch is { } batch)
        {
            for (int colour = 0; colour < _plan.Colouring.Count; colour++)
            {
                Seed(colour);
                _run.Given.CopyTo(_points.AsSpan(colour * batch.Numbers));
            }

            batch.Run(_points, _results);
            for (int colour = 0; colour < _plan.Colouring.Count; colour++)
            {
                foreach (var (from, to, count) in _plan.Wanted)
                {
                    Keep(colour, _results.AsSpan((colour * batch.Results) + from, count), to);
                }
            }

            return;
        }

        for (int colour = 0; colour < _plan.Colouring.Count; colour++)
        {
            Seed(colour);
            _run.Execute();
            int to = 0;
            foreach (int output in _plan.Outputs)
            {
                var product = _run.Output(output);
                Keep(colour, product, to);
                to += product.Length;
            }
        }
    }

    private void Keep(int colour, ReadOnlySpan<double> product, int row)
    {
        for (int i = 0; i < product.Length; i++)
        {
            Products[((row + i) * _plan.Colouring.Count) + colour] = product[i];
        }
    }

    private void Seed(int colour)
    {
        int at = 0;
        foreach (int input in _plan.Seeds)
        {
            foreach (ref double seed in _run.Input(input))
            {
                seed = _plan.Colouring.Of[at++] == colour ? 1 : 0;
            }
        }
    }
}

/// <summary>A program of products, made ready.</summary>
internal sealed class ProductPlan
{
    /// <summary>Makes it ready.</summary>
    /// <param name="program">The program: jvp or vjp products.</param>
    /// <param name="seeds">The positions of the inputs of the vector.</param>
    /// <param name="outputs">The positions of the outputs of the product.</param>
    /// <param name="colouring">Of the elements of the vector.</param>
    public ProductPlan(Program program, int[] seeds, int[] outputs, Colouring colouring)
    {
        (Seeds, Outputs, Colouring) = (seeds, outputs, colouring);
        Compiled = CompiledProgram<double>.Of(program);
        int[] elements = [.. program.Outputs.Select(o => program.Types[o.Value].Shape.Elements)];
        Rows = outputs.Sum(o => elements[o]);
        bool lanes = colouring.Count > 1 && Compiled.IsCode && Compiled.CanBatch;
        Batch = lanes ? Compiled.Batch() : null;
        var wanted = new List<(int, int, int)>();
        int to = 0;
        foreach (int output in outputs)
        {
            wanted.Add((elements.Take(output).Sum(), to, elements[output]));
            to += elements[output];
        }

        Wanted = [.. wanted];
    }

    public int[] Seeds { get; }

    public int[] Outputs { get; }

    public Colouring Colouring { get; }

    public CompiledProgram<double> Compiled { get; }

    public CompiledBatch<double>? Batch { get; }

    public int Rows { get; }

    /// <summary>From which of a point's results, to which row, how many.</summary>
    public (int From, int To, int Count)[] Wanted { get; }
}
