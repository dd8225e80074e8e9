using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>A set of elementary functions, to which one can add functions of one's own.</summary>
/// <remarks>
/// A function without costs does not compile, since the contract's members are abstract; one whose costs or
/// types fail on its example is refused here. Source: complexity specification, 1.1 and 7.6 (F2).
/// </remarks>
public sealed class FunctionDictionary
{
    private readonly List<DictionaryRow> _rows = [];

    /// <summary>Creates a dictionary of the given rows.</summary>
    public FunctionDictionary(IEnumerable<DictionaryRow> rows)
    {
        foreach (var row in rows)
        {
            Register(row);
        }
    }

    /// <summary>The functions, in the order of registration.</summary>
    public IReadOnlyList<DictionaryRow> Rows => _rows;

    /// <summary>Adds a function.</summary>
    /// <exception cref="NonsmoothException">
    /// The same function is there already, its example does not fit, or it does not state what it costs.
    /// </exception>
    public void Register(DictionaryRow row)
    {
        if (_rows.Any(r => r.Function.Equals(row.Function) && r.Arguments.SequenceEqual(row.Arguments)))
        {
            throw new NonsmoothException($"{row} is registered twice: remove one of the rows");
        }

        TensorType[] types = [.. row.Arguments.Select(a => a.Type)];
        try
        {
            _ = row.Function.InferTypes(types);
            _ = row.Function.Count(types);
            _ = row.Function.UnitCount(types);
        }
        catch (ShapeException e)
        {
            throw new NonsmoothException($"{row} does not accept its own example: {e.Message}", e);
        }
        catch (NotSupportedException e)
        {
            throw new NonsmoothException($"{row} does not state its cost: {e.Message}", e);
        }

        _rows.Add(row);
    }
}
