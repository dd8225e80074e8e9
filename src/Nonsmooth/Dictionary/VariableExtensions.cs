using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

/// <summary>Operators and methods on variables: what makes an ordinary C# function traceable.</summary>
public static partial class VariableExtensions
{
    extension(Variable)
    {
        /// <summary>Sum, broadcasting.</summary>
        public static Variable operator +(Variable left, Variable right) => Functions.Add(left, right);

        /// <summary>Sum with a constant.</summary>
        public static Variable operator +(Variable left, double right) => Functions.Add(left, right);

        /// <summary>Sum with a constant.</summary>
        public static Variable operator +(double left, Variable right) => Functions.Add(right, left);

        /// <summary>Difference, broadcasting.</summary>
        public static Variable operator -(Variable left, Variable right) => Functions.Subtract(left, right);

        /// <summary>Difference with a constant.</summary>
        public static Variable operator -(Variable left, double right) => Functions.Add(left, -right);

        /// <summary>Difference from a constant.</summary>
        public static Variable operator -(double left, Variable right) => Functions.Add(Functions.Negate(right), left);

        /// <summary>Product, element by element, broadcasting.</summary>
        public static Variable operator *(Variable left, Variable right) => Functions.Multiply(left, right);

        /// <summary>Product with a constant.</summary>
        public static Variable operator *(Variable left, double right) => Functions.Scale(left, right);

        /// <summary>Product with a constant.</summary>
        public static Variable operator *(double left, Variable right) => Functions.Scale(right, left);

        /// <summary>Quotient, element by element, broadcasting.</summary>
        public static Variable operator /(Variable left, Variable right) => Functions.Divide(left, right);

        /// <summary>Product with the inverse of a constant.</summary>
        public static Variable operator /(Variable left, double right) => Functions.Scale(left, 1 / right);

        /// <summary>Quotient of a constant.</summary>
        public static Variable operator /(double left, Variable right) => Functions.Scale(Functions.Reciprocal(right), left);

        /// <summary>Change of sign.</summary>
        public static Variable operator -(Variable value) => Functions.Negate(value);
    }
}
