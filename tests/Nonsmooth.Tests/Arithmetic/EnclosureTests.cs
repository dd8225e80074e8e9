namespace Nonsmooth.Tests.Arithmetic;

public sealed class EnclosureTests
{
    [Fact]
    public void ArithmeticHoldsTheExactResultAndIsTight()
    {
        var random = new Random(11);
        for (int i = 0; i < 8_000; i++)
        {
            double a = Wild(random, i % 3 == 0 ? 1000 : 40);
            double b = i % 7 == 0 ? a * (1 + (random.Next(-4, 5) * Math.Pow(2, -52))) : Wild(random, i % 3 == 0 ? 1000 : 40);
            var (x, y) = (Enclosure.FromDouble(a), Enclosure.FromDouble(b));
            Tight(x + y, (Rational)a + b);
            Tight(x - y, (Rational)a - b);
            Tight(x * y, (Rational)a * b);
            if (b != 0)
            {
                Tight(x / y, (Rational)a / b);
            }

            var root = Enclosure.Sqrt(Enclosure.Abs(x));
            Assert.True((Rational)root.Lower * root.Lower <= Math.Abs(a) && (Rational)root.Upper * root.Upper >= Math.Abs(a));
            Assert.True(root.Upper <= Math.BitIncrement(Math.BitIncrement(root.Lower)));
        }
    }

    [Fact]
    public void ExactResultsStayNumbers()
    {
        var (x, y) = (Enclosure.FromDouble(1.5), Enclosure.FromDouble(0.25));
        Assert.All(new[] { x + y, x - y, x * y, x / y, Enclosure.Sqrt(y), Enclosure.Abs(-x) }, e => Assert.Equal(e.Lower, e.Upper));
    }

    [Fact]
    public void RandomExpressionsHoldTheirValueAtPointsOfTheBox()
    {
        var random = new Random(12);
        int defined = 0;
        for (int trial = 0; trial < 2_000; trial++)
        {
            var boxes = new List<Enclosure>();
            var points = new List<Rational>();
            for (int i = 0; i < 3; i++)
            {
                double low = Wild(random, 3);
                double width = random.Next(3) switch { 0 => 0, 1 => Math.Pow(10, -12 * random.NextDouble()), _ => random.NextDouble() };
                boxes.Add(Enclosure.Between(low, low + width));
                points.Add((Rational)low + (((Rational)(low + width) - low) * random.Next(5) / 4));
            }

            for (int step = 0; step < 8; step++)
            {
                int i = random.Next(boxes.Count);
                int j = random.Next(boxes.Count);
                var (a, b, p, q) = (boxes[i], boxes[j], points[i], points[j]);
                int choice = random.Next(9);
                if (choice == 3 && q.Sign == 0)
                {
                    continue;
                }

                var (box, point) = choice switch
                {
                    0 => (a + b, p + q),
                    1 => (a - b, p - q),
                    2 => (a * b, p * q),
                    3 => (a / b, p / q),
                    4 => (Enclosure.Max(a, b), Rational.Max(p, q)),
                    5 => (Enclosure.Min(a, b), Rational.Min(p, q)),
                    6 => (Enclosure.Abs(a), Rational.Abs(p)),
                    7 => (Enclosure.Branch(a, 0.5, -b, b, a * b), p < 0.5 ? -q : p > 0.5 ? p * q : q),
                    _ => (Enclosure.Pow(a, Enclosure.FromDouble(3)), p * p * p),
                };
                if (box.IsDefined)
                {
                    boxes.Add(box);
                    points.Add(point);
                }
            }

            for (int k = 0; k < boxes.Count; k++)
            {
                Holds(boxes[k], points[k]);
                defined++;
            }
        }

        Assert.True(defined > 15_000, $"{defined} results");
    }

    [Fact]
    public void RoundingsAndSlopesHoldEveryElement()
    {
        var box = Enclosure.Between(-1.5, 2.5);
        Assert.Equal((-2.0, 2.0), Ends(Enclosure.Floor(box)));
        Assert.Equal((-2.0, 2.0), Ends(Enclosure.Round(box)));
        Assert.Equal((0.0, 1.0), Ends(Enclosure.Slope(box, Pieces.One(0, 0, 0.5, 1))));
        Assert.Equal((0.5, 1.0), Ends(Enclosure.Slope(Enclosure.Between(0, 1), Pieces.One(0, 0, 0.5, 1))));
        Assert.Equal((0.5, 0.5), Ends(Enclosure.Greater(Enclosure.FromDouble(2), Enclosure.FromDouble(2), 0.5)));
        Assert.Equal((0.0, 1.0), Ends(Enclosure.Greater(box, box, 0.5)));
        Assert.Equal((0.0, 0.0), Ends(Enclosure.Greater(Enclosure.Between(0, 1), Enclosure.Between(2, 3), 0.5)));
    }

    [Fact]
    public void WhatIsNotDefinedCannotBeRead()
    {
        var zero = Enclosure.Between(-1, 1);
        var one = Enclosure.FromDouble(1);
        var infinite = Enclosure.FromDouble(double.PositiveInfinity);
        Enclosure[] undefined =
        [
            one / zero, Enclosure.Sqrt(zero), Enclosure.Log(zero), infinite - infinite, infinite * zero, Enclosure.FromDouble(double.NaN),
            Enclosure.Pow(zero, Enclosure.FromDouble(0.5)), Enclosure.Pow(zero, Enclosure.FromDouble(-1)), (one / zero) + one, Enclosure.Max(one, one / zero),
            Enclosure.Max(one / zero, one), Enclosure.Abs(one / zero), Enclosure.Branch(one / zero, 0, one, one, one), Enclosure.Sin(infinite),
            (infinite + one) / infinite, Enclosure.Between(1, double.PositiveInfinity) + Enclosure.Between(double.NegativeInfinity, 1),
        ];
        Assert.All(undefined, e =>
        {
            Assert.False(e.IsDefined);
            Assert.Throws<UndecidedException>(() => e.Lower);
            Assert.Throws<UndecidedException>(() => e.Upper);
            Assert.Throws<UndecidedException>(() => e.Contains(1));
        });
        Assert.Equal((1.0, 1.0), Ends(Enclosure.Branch(one, 0, one / zero, one / zero, one)));
        Assert.Throws<UndecidedException>(() => Enclosure.ToDouble(one));
        Assert.Throws<UndecidedException>(() => Enclosure.Ordered(zero, one));
    }

    [Fact]
    public void OverflowKeepsTheExactResultInside()
    {
        var large = Enclosure.FromDouble(double.MaxValue);
        Assert.Equal((double.MaxValue, double.PositiveInfinity), Ends(large + large));
        Assert.Equal((double.MaxValue, double.PositiveInfinity), Ends(large * large));
        Assert.Equal((double.NegativeInfinity, double.MinValue), Ends(-large * large));
        Assert.True(Enclosure.Exp(large).Lower > 1e300);
        var tiny = Enclosure.FromDouble(double.Epsilon);
        Assert.Equal((0.0, 2 * double.Epsilon), Ends((tiny * tiny) + tiny));
    }

    private static (double Lower, double Upper) Ends(Enclosure e) => (e.Lower + 0.0, e.Upper + 0.0);

    private static void Tight(Enclosure enclosure, Rational exact)
    {
        Holds(enclosure, exact);
        Assert.True(
            enclosure.Upper <= Math.BitIncrement(Math.BitIncrement(enclosure.Lower)), $"{enclosure} is wide for {exact.Near()}");
    }

    private static void Holds(Enclosure enclosure, Rational exact) => Assert.True(
        (double.IsInfinity(enclosure.Lower) || enclosure.Lower <= exact) && (double.IsInfinity(enclosure.Upper) || exact <= enclosure.Upper),
        $"{exact.Near():R} is not in {enclosure}");

    private static double Wild(Random random, int exponents) => random.Next(20) == 0
        ? 0
        : (random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-exponents, exponents + 1));
}
