using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Einstein's summation: operands one after the other, each step a stack of matrix products.</summary>
internal sealed class EinsteinSum
{
    private readonly string _equation;
    private readonly List<(Variable Value, List<int> Labels)> _operands = [];
    private readonly List<int> _output;

    public EinsteinSum(string equation, IReadOnlyList<Variable> operands)
    {
        _equation = equation;
        string[] sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        string[] terms = sides[0].Split(',');
        if (terms.Length != operands.Count || sides.Length > 2)
        {
            throw Wrong($"has {terms.Length} terms for {operands.Count} operands");
        }

        for (int i = 0; i < terms.Length; i++)
        {
            _operands.Add(Diagonal(operands[i], Labels(terms[i], operands[i].Shape.Rank)));
        }

        // Those of the ellipsis are negative, counted from the innermost, and come first.
        int[] free = [.. _operands.SelectMany(o => o.Labels).Where(l => l < 0).Distinct().Order()];
        _output = sides.Length == 2
            ? Labels(sides[1], sides[1].Count(char.IsLetter) + (sides[1].Contains("...", StringComparison.Ordinal) ? free.Length : 0))
            : [.. free, .. sides[0].Where(char.IsLetter).GroupBy(c => c).Where(g => g.Count() == 1).Select(g => (int)g.Key).Order()];
        if (_output.Distinct().Count() < _output.Count || _output.Except(_operands.SelectMany(o => o.Labels)).Any())
        {
            throw Wrong("repeats an axis of the result, or has one that no operand has");
        }
    }

    public Variable Sum()
    {
        var (value, labels) = _operands[0];
        for (int i = 1; i < _operands.Count; i++)
        {
            var later = _output.Concat(_operands.Skip(i + 1).SelectMany(o => o.Labels)).ToHashSet();
            (value, labels) = Product(value, labels, _operands[i].Value, _operands[i].Labels, later);
        }

        int[] summed = [.. labels.Where(l => !_output.Contains(l)).Select(l => labels.IndexOf(l))];
        value = summed.Length == 0 ? value : value.Sum(summed);
        labels = [.. labels.Where(_output.Contains)];
        int[] order = [.. _output.Select(l => labels.IndexOf(l))];
        return order.SequenceEqual(Enumerable.Range(0, order.Length)) ? value : value.Transpose(order);
    }

    private (Variable Value, List<int> Labels) Product(Variable a, List<int> la, Variable b, List<int> lb, HashSet<int> later)
    {
        (a, la) = Alone(a, la, lb, later);
        (b, lb) = Alone(b, lb, la, later);
        (a, b) = (Stretched(a, la, b, lb), Stretched(b, lb, a, la));
        int[] stack = [.. la.Where(l => lb.Contains(l) && later.Contains(l))];
        int[] shared = [.. la.Where(l => lb.Contains(l) && !later.Contains(l))];
        int[] left = [.. la.Where(l => !lb.Contains(l))];
        int[] right = [.. lb.Where(l => !la.Contains(l))];
        var x = Arranged(a, la, [.. stack, .. left, .. shared]);
        var y = Arranged(b, lb, [.. stack, .. shared, .. right]);
        var (s, m, n) = (x.Shape[..stack.Length], x.Shape[stack.Length..(stack.Length + left.Length)], y.Shape[(stack.Length + shared.Length)..]);
        int inner = x.Shape[(stack.Length + left.Length)..].Elements;
        var product = Functions.MatMul(x.Reshape(new Shape(s.Elements, m.Elements, inner)), y.Reshape(new Shape(s.Elements, inner, n.Elements)));
        return (product.Reshape(s.Concat(m).Concat(n)), [.. stack, .. left, .. right]);
    }

    // What only one operand has and nobody asks for later is summed before the product.
    private static (Variable Value, List<int> Labels) Alone(Variable a, List<int> labels, List<int> others, HashSet<int> later)
    {
        int[] axes = [.. labels.Where(l => !others.Contains(l) && !later.Contains(l)).Select(l => labels.IndexOf(l))];
        return axes.Length == 0 ? (a, labels) : (a.Sum(axes), [.. labels.Where((_, i) => !axes.Contains(i))]);
    }

    private Variable Stretched(Variable a, List<int> la, Variable b, List<int> lb)
    {
        int[] sizes = [.. la.Select((l, i) => lb.IndexOf(l) is >= 0 and var at && a.Shape[i] == 1 ? b.Shape[at] : a.Shape[i])];
        foreach (var (l, i) in la.Select((l, i) => (l, i)).Where(p => lb.Contains(p.l)))
        {
            int other = b.Shape[lb.IndexOf(l)];
            if (other != 1 && sizes[i] != other)
            {
                throw Wrong($"has an axis of size {sizes[i]} in one operand and {other} in another");
            }
        }

        return Broadcasting.To(a, new Shape(sizes));
    }

    private static Variable Arranged(Variable x, List<int> labels, int[] wanted)
    {
        int[] order = [.. wanted.Select(l => labels.IndexOf(l))];
        return order.SequenceEqual(Enumerable.Range(0, order.Length)) ? x : x.Transpose(order);
    }

    // Axes of one label are one axis: the diagonal, every (n + 1)-th element of the two side by side.
    private (Variable Value, List<int> Labels) Diagonal(Variable x, List<int> labels)
    {
        for (int second = 1; second < labels.Count; second++)
        {
            int first = labels.IndexOf(labels[second]);
            if (first == second)
            {
                continue;
            }

            int size = x.Shape[first];
            if (x.Shape[second] != size)
            {
                throw Wrong($"takes a diagonal of axes of sizes {size} and {x.Shape[second]}");
            }

            int[] rest = [.. Enumerable.Range(0, labels.Count).Where(i => i != first && i != second)];
            var aside = x.Transpose([.. rest, first, second]);
            var lines = aside.Reshape(aside.Shape[..^2].Concat(new Shape(size * size))).Slice(-1, 0, size * size, size + 1);
            return Diagonal(lines, [.. rest.Select(i => labels[i]), labels[first]]);
        }

        return (x, labels);
    }

    private List<int> Labels(string term, int rank)
    {
        int dots = term.IndexOf("...", StringComparison.Ordinal);
        int letters = term.Count(char.IsLetter);
        if (term.Length != letters + (dots >= 0 ? 3 : 0) || (dots < 0 ? rank != letters : rank < letters))
        {
            throw Wrong($"has a term {term} for {rank} axes");
        }

        IEnumerable<int> free = dots < 0 ? [] : Enumerable.Range(letters - rank, rank - letters);
        return dots < 0 ? [.. term.Select(c => (int)c)] : [.. term[..dots].Select(c => (int)c), .. free, .. term[(dots + 3)..].Select(c => (int)c)];
    }

    private ShapeException Wrong(string what) => new($"einsum {_equation}: the equation {what}");
}

public static partial class Functions
{
    /// <summary>Einstein's summation: <c>ij,jk-&gt;ik</c>. Letters name axes, <c>...</c> those left; what the result does not name is summed.</summary>
    /// <exception cref="ShapeException">The equation does not fit the operands; the message says where.</exception>
    public static Variable Einsum(string equation, params IReadOnlyList<Variable> operands)
    {
        ArgumentNullException.ThrowIfNull(equation);
        return new EinsteinSum(equation, operands).Sum();
    }
}
