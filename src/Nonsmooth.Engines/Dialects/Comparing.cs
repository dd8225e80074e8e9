using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Dialects;

/// <summary>Comparisons as operators, which give masks: spellings read as they were written.</summary>
internal static class Comparing
{
    extension(Variable)
    {
        public static Variable operator >(Variable left, double right) => Functions.Greater(left, right);

        public static Variable operator <(Variable left, double right) => Functions.Less(left, right);

        public static Variable operator >=(Variable left, double right) => Functions.GreaterEqual(left, right);

        public static Variable operator <=(Variable left, double right) => Functions.LessEqual(left, right);

        public static Variable operator >(Variable left, Variable right) => Functions.Greater(left, right);

        public static Variable operator <(Variable left, Variable right) => Functions.Less(left, right);

        public static Variable operator >=(Variable left, Variable right) => Functions.GreaterEqual(left, right);

        public static Variable operator <=(Variable left, Variable right) => Functions.LessEqual(left, right);
    }
}
