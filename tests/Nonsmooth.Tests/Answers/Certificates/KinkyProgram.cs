using Nonsmooth.Tests.Arithmetic;

namespace Nonsmooth.Tests.Answers.Certificates;

/// <summary>A sum of terms on variables of their own, at a point that sits on kinks of most of them.</summary>
/// <param name="Terms">The terms.</param>
/// <param name="Variables">How many variables each has.</param>
/// <param name="Point">The point, integers.</param>
internal sealed record KinkyProgram(IReadOnlyList<Kinky> Terms, IReadOnlyList<int> Variables, double[] Point)
{
    private static readonly double[] _slopes = [1, -1, 2, -3, 0.5, 0.1, -1.7];

    public bool IsCurved { get; private init; }

    public static KinkyProgram Draw(Random random)
    {
        bool atZero = random.Next(2) == 0;
        bool curved = atZero && random.Next(3) == 0;
        bool generic = !atZero && random.Next(3) == 0;
        int terms = random.Next(1, 4);
        var (expressions, variables) = (new List<Kinky>(), new List<int>());
        double[] point = [];
        for (int t = 0; t < terms; t++)
        {
            int count = random.Next(1, 3);
            int before = point.Length;
            point = [.. point, .. Enumerable.Range(0, count).Select(_ => atZero ? 0.0 : random.Next(-2, 3))];
            variables.Add(count);
            Kinky[] own = [.. Enumerable.Range(before, count).Select(i => new Coordinate(i))];
            expressions.Add(Expression(random, own, point, random.Next(1, 4), atZero, curved, generic));
        }

        return new KinkyProgram(expressions, variables, point) { IsCurved = curved };
    }

    /// <summary>The program with terms and coordinates scaled: Σ tⱼ Tⱼ(c ∘ x), at the point whose image is the same.</summary>
    public Scaled At(double[] terms, double[] coordinates)
    {
        Emission? emission = null;
        var program = Program.Trace(
            x =>
            {
                var scaled = Enumerable.Range(0, Point.Length)
                    .Select(i => Scale(x.Slice(0, i, i + 1).Reshape(Shape.Scalar), coordinates[i])).ToArray();
                emission = new Emission(scaled);
                return Terms.Select((t, j) => Scale(t.Emit(emission), terms[j])).Aggregate((a, b) => a + b);
            },
            new Shape(Point.Length));
        return new Scaled(this, program, terms, coordinates, emission!.Numbers);
    }

    // At a point that is not 0, constants put arguments on their kinks: integers, so that doubles are exact.
    private static Kinky Expression(Random random, Kinky[] own, double[] point, int depth, bool atZero, bool curved, bool generic)
    {
        Kinky Leaf() => own[random.Next(own.Length)];
        Kinky Deeper() => depth <= 1 ? Leaf() : Expression(random, own, point, depth - 1, atZero, curved, generic);
        double Slope() => atZero ? _slopes[random.Next(_slopes.Length)] : _slopes[random.Next(4)];
        Kinky Sum()
        {
            var sum = new Affine(Slope(), Deeper(), Slope(), Deeper(), 0);
            Rational[] at = [.. point.Select(p => (Rational)p)];
            double value = new Walk(at, new Rational[point.Length]).Of(sum).Value.Near();
            return sum with { C = atZero ? 0 : -value + (generic ? (2 * random.Next(2)) - 1 : random.Next(4) == 0 ? random.Next(-1, 2) : 0) };
        }

        // Kinks that cancel: a line, and 0.
        Kinky Line()
        {
            var e = Sum();
            var minus = new Affine(-1, e, 0, e, 0);
            return random.Next(2) == 0
                ? new Affine(1, new Bent("relu", 0, 1, e), -1, new Bent("relu", 0, 1, minus), 0)
                : new Affine(1, new Bent("abs", -1, 1, e), -1, new Extreme(true, e, minus), 0);
        }

        return random.Next(curved ? 9 : 7) switch
        {
            0 => new Bent("relu", 0, 1, Sum()),
            1 => new Bent("abs", -1, 1, Sum()),
            2 => new Bent("leaky", 0.25, 1, Sum()),
            3 => new Extreme(true, Deeper(), Sum()),
            4 => new Extreme(false, Sum(), Deeper()),
            5 => Sum(),
            6 => Line(),
            7 => new Smooth(random.Next(2) == 0 ? "sin" : "tanh", Deeper()),
            _ => new Smooth(random.Next(2) == 0 ? "expm1" : "square", Deeper()),
        };
    }
}

/// <summary>A scaled program with its own truth.</summary>
internal sealed record Scaled(
    KinkyProgram Base, Program Program, double[] Terms, double[] Coordinates, IReadOnlyDictionary<Kinky, int> Numbers)
{
    public double[] Point { get; } = [.. Base.Point.Zip(Coordinates, (p, c) => p / c)];

    /// <summary>The derivative along a direction, exactly.</summary>
    public Rational Slope(Rational[] direction) => Walk(Base.Point.Select(p => (Rational)p), direction, []).Slope;

    /// <summary>Backprop's gradient with given slopes, exactly.</summary>
    public Rational[] Gradient(Dictionary<int, Rational> chosen)
    {
        var walk = new Walk([.. Base.Point.Select(p => (Rational)p)], new Rational[Point.Length]) { Chosen = chosen, Numbers = new(Numbers) };
        for (int j = 0; j < Terms.Length; j++)
        {
            Base.Terms[j].Back(Terms[j], walk);
        }

        return [.. walk.Gradient.Zip(Coordinates, (g, c) => g * c)];
    }

    /// <summary>The sides of all kinks at a point nearby.</summary>
    public IReadOnlyList<int> Sides(Rational[] at) => Walk(at.Zip(Coordinates, (x, c) => x * c), new Rational[Point.Length], []).Sides;

    private (Rational Slope, List<int> Sides) Walk(IEnumerable<Rational> image, Rational[] direction, Dictionary<int, Rational> chosen)
    {
        var walk = new Walk([.. image], [.. direction.Zip(Coordinates, (d, c) => d * c)]) { Chosen = chosen };
        Rational slope = 0;
        for (int j = 0; j < Terms.Length; j++)
        {
            slope += walk.Of(Base.Terms[j]).Slope * Terms[j];
        }

        return (slope, walk.Sides);
    }
}
