using Nonsmooth.Arithmetic;

namespace Nonsmooth.Answers;

/// <summary>Vectors of exact numbers.</summary>
internal static class ExactVector
{
    public static Dyadic Dot(Dyadic[] a, Dyadic[] b)
    {
        Dyadic sum = default;
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i].Sign != 0 || b[i].Sign != 0 || a[i].Error != 0 || b[i].Error != 0)
            {
                sum += a[i] * b[i];
            }
        }

        return sum;
    }

    /// <summary>Whether every entry is 0, for the doubles that the entries were made of.</summary>
    public static bool IsZero(Dyadic[] a) => Array.TrueForAll(a, x => x.IsFinite && x.Sign == 0);

    /// <summary>Whether two are equal, for the doubles that they were made of.</summary>
    public static bool AreEqual(Dyadic[] a, Dyadic[] b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (Dyadic.Compare(a[i], b[i]) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether two differ in an entry by more than the entry's error.</summary>
    public static bool AreApart(Dyadic[] a, Dyadic[] b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            var difference = a[i] - b[i];
            if (difference.Sign != 0 && difference.IsTold)
            {
                return true;
            }
        }

        return false;
    }

    public static bool AreFinite(Dyadic[] a) => Array.TrueForAll(a, x => x.IsFinite);

    public static Dyadic[] Of(double[] a) => Array.ConvertAll(a, Dyadic.FromDouble);

    public static double[] ToDoubles(Dyadic[] a) => Array.ConvertAll(a, Dyadic.ToDouble);

    public static Dyadic[] Negate(Dyadic[] a) => Array.ConvertAll(a, x => -x);

    /// <summary>The vector scaled by a power of two so that its largest entry is about 1.</summary>
    public static Dyadic[] Normalised(Dyadic[] a)
    {
        int highest = a.Where(x => x.Sign != 0).Select(x => x.FirstBit).DefaultIfEmpty(0).Max();
        return Array.ConvertAll(a, x => x.Shifted(-highest));
    }

    /// <summary>The vector in doubles, scaled by a power of two so that its largest entry is about 1; the same direction but for rounding.</summary>
    public static double[] Scaled(Dyadic[] a) => ToDoubles(Normalised(a));

    public static Dyadic[] Plus(Dyadic[] a, Dyadic[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
