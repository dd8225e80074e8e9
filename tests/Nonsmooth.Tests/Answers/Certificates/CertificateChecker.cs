using Nonsmooth.Answers;
using Nonsmooth.Tests.Arithmetic;

namespace Nonsmooth.Tests.Answers.Certificates;

/// <summary>Re-checks answers from what they carry, over the rationals, with nothing of the library's search.</summary>
internal sealed class CertificateChecker(Scaled subject, Random random)
{
    private const double _rounding = 1e-13;

    /// <summary>Checks and counts; a message names what is wrong.</summary>
    public void Check(KinkAnswer differentiability)
    {
        switch (differentiability)
        {
            case { Verdict: Verdict.No }:
                Assert.Equal(KinkGrounds.TwoPieces, differentiability.Grounds);
                Differ(differentiability.First!, differentiability.Second!);
                break;
            case { Grounds: KinkGrounds.NoKink, Verdict: Verdict.Yes }:
                Clear(differentiability.Clearance!);
                Linear(differentiability.First!);
                break;
            case { Verdict: Verdict.Yes }:
                Linear(differentiability.First!);
                break;
        }
    }

    public void CheckTwo(KinkAnswer answer)
    {
        switch (answer)
        {
            case { Verdict: Verdict.Yes }:
                Differ(answer.First!, answer.Second!);
                break;
            case { Verdict: Verdict.No }:
                Linear(answer.First!);
                break;
        }
    }

    public void Check(StationarityAnswer answer)
    {
        if (answer.ZeroIsClarke == Verdict.Yes)
        {
            var shares = answer.Combination!;
            Assert.All(shares, s => Assert.True(s.Weight > 0));
            Assert.True(Math.Abs(shares.Sum(s => s.Weight) - 1) < _rounding);
            for (int i = 0; i < subject.Point.Length; i++)
            {
                Rational sum = 0;
                Rational size = 0;
                foreach (var share in shares)
                {
                    sum += (Rational)share.Weight * share.Piece.Gradient[0][i];
                    size += Rational.Abs((Rational)share.Weight * share.Piece.Gradient[0][i]);
                }

                Assert.True(Rational.Abs(sum) <= size * _rounding, $"entry {i} of the combination is {sum.Near()}");
            }

            Assert.All(shares, s => IsPiece(s.Piece));
        }

        if (answer.ZeroIsClarke == Verdict.No)
        {
            // The support function of Clarke's set along −v is negative: on every piece ⟨g, v⟩ > 0.
            double[] v = answer.Separation![0];
            for (int trial = 0; trial < 40; trial++)
            {
                Rational product = 0;
                foreach (var (g, d) in GradientNear(Direction()).Zip(v))
                {
                    product += g * d;
                }

                Assert.True(product.Sign > 0, "a piece is not separated from 0");
            }
        }

        if (answer.HasDescent == Verdict.Yes)
        {
            var slope = subject.Slope(Exact(answer.Descent![0]));
            Assert.True(slope.Sign < 0, $"the descent direction has derivative {slope.Near()}");
            Assert.True(Rational.Abs(slope - answer.DescentSlope!.Value) <= Rational.Abs(slope) * _rounding);
        }

        if (answer.HasDescent == Verdict.No)
        {
            Assert.NotNull(answer.Combination);
            for (int trial = 0; trial < 40; trial++)
            {
                Assert.True(subject.Slope(Direction()).Sign >= 0, "a direction descends");
            }
        }
    }

    public void Check(AmbiguityAnswer answer)
    {
        if (answer.Ambiguous == Verdict.Unknown)
        {
            return;
        }

        var first = subject.Gradient(Chosen(answer.FirstSelection));
        var second = subject.Gradient(Chosen(answer.SecondSelection));
        Near(first, answer.First[0]);
        Near(second, answer.Second[0]);
        bool differ = first.Zip(second).Any(g => (g.First - g.Second).Sign != 0);
        Assert.Equal(answer.Ambiguous == Verdict.Yes, differ);
        for (int trial = 0; answer.Ambiguous == Verdict.No && trial < 3; trial++)
        {
            var other = subject.Gradient(answer.FirstSelection.ToDictionary(Number, _ => (Rational)random.NextDouble()));
            Assert.DoesNotContain(first.Zip(other), g => (g.First - g.Second).Sign != 0);
        }
    }

    public void Check(ClarkeAnswer answer)
    {
        if (answer.IsCertified)
        {
            IsPiece(new LinearPiece(answer.Direction, answer.Gradient));
            var slope = subject.Slope(Exact(answer.Direction[0]));
            Assert.True(Rational.Abs(slope - answer.DirectionalDerivative) <= Rational.Abs(slope) * _rounding);
        }
    }

    // Nodes are named k4.k7.abs: the last number is the expression's.
    private static int Number(ChosenSlope slope) => int.Parse(slope.Node.Split('.')[^2][1..], System.Globalization.CultureInfo.InvariantCulture);

    private static Dictionary<int, Rational> Chosen(IReadOnlyList<ChosenSlope> slopes) => slopes.ToDictionary(Number, s => (Rational)s.Slope);

    private void Clear(KinkClearance clearance)
    {
        Assert.True(clearance.Radius > 0, clearance.Unshown);
        Rational[] centre = Exact(subject.Point);
        var sides = subject.Sides(centre);
        Assert.DoesNotContain(0, sides);
        for (int trial = 0; trial < 8 && double.IsFinite(clearance.Radius!.Value); trial++)
        {
            Rational[] moved = [.. centre.Select(x => x + (((Rational)(2 * random.NextDouble()) - 1) * clearance.Radius.Value))];
            Assert.Equal(sides, subject.Sides(moved));
        }
    }

    private void Differ(LinearPiece first, LinearPiece second)
    {
        IsPiece(first);
        IsPiece(second);
        Assert.False(first.Gradient[0].SequenceEqual(second.Gradient[0]));
    }

    // One gradient has the derivative along every direction.
    private void Linear(LinearPiece piece)
    {
        for (int trial = 0; trial < 20; trial++)
        {
            Near(GradientNear(Direction()), piece.Gradient[0]);
        }
    }

    private void IsPiece(LinearPiece piece)
    {
        Rational[] direction = Exact(piece.Direction[0]);
        if (piece.Refinement is { } refinement)
        {
            direction = [.. direction.Zip(refinement[0], (d, r) => d + r)];
        }

        Near(GradientNear(direction, inside: true), piece.Gradient[0]);
    }

    // The gradient of the piece at a direction, by differences of exact derivatives that are far smaller than anything else.
    private Rational[] GradientNear(Rational[] direction, bool inside = false)
    {
        var step = new Rational(1, System.Numerics.BigInteger.One << 400);
        Rational[] start = inside ? direction : [.. direction.Select((d, i) => d + (step * (random.Next(1, 1000) * (1 << 20)) / Unit(i)))];
        var slope = subject.Slope(start);
        var gradient = new Rational[start.Length];
        for (int i = 0; i < start.Length; i++)
        {
            Rational[] moved = [.. start];
            var h = step / Unit(i);
            moved[i] += h;
            gradient[i] = (subject.Slope(moved) - slope) / h;
            if (inside)
            {
                moved[i] -= h + h;
                var other = (slope - subject.Slope(moved)) / h;
                Assert.True((gradient[i] - other).Sign == 0, "the direction is on the border of its piece");
            }
        }

        return gradient;
    }

    private Rational Unit(int i) => subject.Coordinates[i];

    // Directions of small integers, where pieces meet, and others.
    private Rational[] Direction()
    {
        bool small = random.Next(2) == 0;
        return [.. subject.Coordinates.Select(c => (small ? random.Next(-1, 2) : (Rational)((2 * random.NextDouble()) - 1)) / c)];
    }

    private static void Near(Rational[] exact, double[] given)
    {
        for (int i = 0; i < given.Length; i++)
        {
            Assert.True(Rational.Abs(exact[i] - given[i]) <= Rational.Abs(exact[i]) * _rounding, $"entry {i} is {exact[i].Near()}, given {given[i]}");
        }
    }

    private static Rational[] Exact(double[] values) => [.. values.Select(v => (Rational)v)];
}
