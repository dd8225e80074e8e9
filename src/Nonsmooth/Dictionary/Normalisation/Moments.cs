using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

internal static class Moments
{
    public static Variable Plus(Variable? sum, Variable term) => sum is null ? term : sum + term;
}
