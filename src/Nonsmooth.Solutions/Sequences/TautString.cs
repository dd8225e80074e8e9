namespace Nonsmooth.Solutions;

/// <summary>Denoises a sequence by its total variation in one pass forwards, with returns to the last step that was certain.</summary>
/// <remarks>Source: Condat, A direct algorithm for 1-D total variation denoising (2013). Block values are computed anew at the end.</remarks>
internal static class TautString
{
    /// <param name="y">At least one number.</param>
    /// <param name="lambda">Not negative.</param>
    public static double[] Solve(double[] y, double lambda)
    {
        int n = y.Length;
        if (lambda == 0 || n == 1)
        {
            return [.. y];
        }

        // Signs of the steps between blocks, 0 within one.
        int[] steps = new int[n - 1];
        int start = 0;
        while (start < n)
        {
            // A pass from a certain step: what the last block before pulls is in the first element.
            int before = start == 0 ? 0 : steps[start - 1];
            var (end, sign) = Block(y, lambda, start, before);
            if (end < n - 1)
            {
                steps[end] = sign;
            }

            start = end + 1;
        }

        return Values(y, lambda, steps);
    }

    // The longest block from the start: the value may be from low to high; it ends where the next element forces a step down or up.
    private static (int End, int Sign) Block(double[] y, double lambda, int start, int before)
    {
        // The sum of y over the block, less what the step before takes, plus λ·sign of the step after, is the block's value times its length.
        double sum = -lambda * before;
        double low = double.NegativeInfinity;
        double high = double.PositiveInfinity;
        int lowEnd = start;
        int highEnd = start;
        for (int k = start; k < y.Length; k++)
        {
            sum += y[k];
            int count = k - start + 1;
            bool last = k == y.Length - 1;

            // If the block ended here with a step up its value would be least (sum + λ)/count, with one down (sum − λ)/count; at the end of all, sum/count.
            double up = (last ? sum : sum + lambda) / count;
            double down = (last ? sum : sum - lambda) / count;
            if (up < low)
            {
                return (lowEnd, -1);
            }

            if (down > high)
            {
                return (highEnd, 1);
            }

            if (down >= low)
            {
                (low, lowEnd) = (down, k);
            }

            if (up <= high)
            {
                (high, highEnd) = (up, k);
            }
        }

        return (y.Length - 1, 0);
    }

    private static double[] Values(double[] y, double lambda, int[] steps)
    {
        double[] x = new double[y.Length];
        for (int start = 0; start < y.Length;)
        {
            int end = start;
            double sum = y[start];
            while (end < steps.Length && steps[end] == 0)
            {
                end++;
                sum += y[end];
            }

            int signs = (end < steps.Length ? steps[end] : 0) - (start > 0 ? steps[start - 1] : 0);
            Array.Fill(x, (sum + (lambda * signs)) / (end - start + 1), start, end - start + 1);
            start = end + 1;
        }

        return x;
    }
}
