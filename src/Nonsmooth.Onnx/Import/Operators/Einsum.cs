using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Sums of products by letters.</summary>
internal static class Einsum
{
    public static IEnumerable<OperatorRow> Rows => [Row.Of("Einsum", Apply)];

    private static Variable Apply(NodeContext n)
    {
        string equation = n.Text("equation", "").Replace(" ", "", StringComparison.Ordinal);
        string[] sides = equation.Split("->");
        string[] terms = sides[0].Split(',');
        if (terms.Length != n.Count || sides.Length > 2)
        {
            throw new OnnxException($"the equation '{equation}' is not one of {n.Count} arguments");
        }

        // Axes under an ellipsis are named by digits, from the last one on.
        int most = Enumerable.Range(0, n.Count).Max(i => terms[i].Contains("...", StringComparison.Ordinal) ? n.Shape(i).Rank - terms[i].Length + 3 : 0);
        string Named(string term, int rank) => term.Replace("...", Digits(Math.Max(0, rank - term.Length + 3)), StringComparison.Ordinal);
        string Digits(int count) => string.Concat(Enumerable.Range(most - count, count).Select(d => (char)('0' + d)));
        string[] letters = [.. terms.Select((t, i) => Named(t, n.Shape(i).Rank))];
        string wanted = sides.Length == 2
            ? sides[1].Replace("...", Digits(most), StringComparison.Ordinal)
            : Digits(most) + string.Concat(letters.SelectMany(l => l).Where(char.IsLetter).GroupBy(c => c).Where(g => g.Count() == 1).Select(g => g.Key).Order());
        var (x, own) = Diagonal(n.Real(0), letters[0]);
        for (int i = 1; i < n.Count; i++)
        {
            var (y, other) = Diagonal(n.Real(i), letters[i]);
            string later = wanted + string.Concat(letters.Skip(i + 1));
            (x, own) = Product(x, own, y, other, later);
        }

        int[] summed = [.. Enumerable.Range(0, own.Length).Where(i => !wanted.Contains(own[i], StringComparison.Ordinal))];
        x = summed.Length > 0 ? x.Sum(false, summed) : x;
        own = string.Concat(own.Where(c => wanted.Contains(c, StringComparison.Ordinal)));
        return Arranged(x, own, wanted);
    }

    // An axis named twice is walked along once.
    private static (Variable X, string Letters) Diagonal(Variable x, string letters)
    {
        if (letters.Length != x.Shape.Rank)
        {
            throw new OnnxException($"the letters '{letters}' are not one for each axis of {x.Shape}");
        }

        for (int i = 0; i < letters.Length; i++)
        {
            int j = letters.IndexOf(letters[i], i + 1);
            if (j < 0)
            {
                continue;
            }

            int size = x.Shape[i];
            var index = x.Builder.Constant(Tensor.Generate(new Shape([size, .. Enumerable.Repeat(1, x.Shape.Rank - i - 1)]), k => (long)k));
            var target = x.Shape.With(j, 1);
            x = Functions.Gather(x, Broadcasting.To(index, target), j).Reshape(Reducing.Without(target, [j]));
            letters = letters.Remove(j, 1);
            i--;
        }

        return (x, letters);
    }

    private static (Variable X, string Letters) Product(Variable x, string a, Variable y, string b, string later)
    {
        // What nothing else has is summed at once.
        (x, a) = Alone(x, a, b + later);
        (y, b) = Alone(y, b, a + later);
        string batch = string.Concat(a.Where(c => b.Contains(c, StringComparison.Ordinal) && later.Contains(c, StringComparison.Ordinal)));
        string inner = string.Concat(a.Where(c => b.Contains(c, StringComparison.Ordinal) && !later.Contains(c, StringComparison.Ordinal)));
        string left = string.Concat(a.Where(c => !b.Contains(c, StringComparison.Ordinal)));
        string right = string.Concat(b.Where(c => !a.Contains(c, StringComparison.Ordinal)));
        var sizes = new Dictionary<char, int>();
        foreach (var (letter, size) in a.Zip(x.Shape).Concat(b.Zip(y.Shape)))
        {
            sizes[letter] = Math.Max(sizes.GetValueOrDefault(letter, 1), size);
        }

        Shape Of(string letters) => new([.. letters.Select(c => sizes[c])]);
        int Count(string letters) => Of(letters).Elements;
        x = Broadcasting.To(Arranged(x, a, batch + left + inner), Of(batch + left + inner)).Reshape(new Shape(Count(batch), Count(left), Count(inner)));
        y = Broadcasting.To(Arranged(y, b, batch + inner + right), Of(batch + inner + right)).Reshape(new Shape(Count(batch), Count(inner), Count(right)));
        return (Functions.MatMul(x, y).Reshape(Of(batch + left + right)), batch + left + right);
    }

    private static (Variable X, string Letters) Alone(Variable x, string letters, string others)
    {
        int[] axes = [.. Enumerable.Range(0, letters.Length).Where(i => !others.Contains(letters[i], StringComparison.Ordinal))];
        return axes.Length == 0 ? (x, letters) : (x.Sum(false, axes), string.Concat(letters.Where(c => others.Contains(c, StringComparison.Ordinal))));
    }

    private static Variable Arranged(Variable x, string letters, string wanted)
    {
        int[] axes = [.. wanted.Select(c => letters.IndexOf(c, StringComparison.Ordinal))];
        return axes.Contains(-1) || axes.Length != letters.Length
            ? throw new OnnxException($"'{wanted}' asks for letters that '{letters}' does not have")
            : axes.SequenceEqual(Enumerable.Range(0, axes.Length)) ? x : x.Transpose(axes);
    }
}
