using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Testing;

/// <summary>Checks the whole contract of an elementary function, one's own or the dictionary's, by running it.</summary>
/// <remarks>
/// <para><c>types</c>: the results have the types stated, and evaluating changes no argument.</para>
/// <para><c>formats</c>: in f32, f16 and bf16 a continuous function's value is near its value in f64; in every format two
/// evaluations give the same bits.</para>
/// <para><c>count</c>: the operations stated, of the function, its backprop and its forprop, are those that an instrumented
/// scalar counts; and they do not depend on the selection.</para>
/// <para><c>jvp against differences</c>: at ordinary points, central differences along a random direction.</para>
/// <para><c>vjp against jvp</c>: ⟨u, Jv⟩ = ⟨Jᵀu, v⟩ for random u, v, also at points of small integers, where kinks and ties
/// are, under every selection.</para>
/// <para><c>declared smooth</c>: a function that says it is smooth has equal slopes on both sides of such points.</para>
/// <para><c>kinks</c>: at each isolated kink declared by a function of one variable the one-sided slopes are those
/// declared, both rules take the slope that the selection is said to take, and it lies between the sides under libtorch's
    /// selection, and is the least of those under the one of minimal norm.</para>
/// <para>Passing proves nothing beyond the points tried.</para>
/// </remarks>
public static class RuleCheck
{
    /// <summary>Checks a function on drawn arguments.</summary>
    /// <param name="function">The function.</param>
    /// <param name="arguments">What it takes, with the ranges to draw from; keep away from poles and the borders of its domain.</param>
    /// <exception cref="NonsmoothException">The function does not take such arguments, or a rule throws.</exception>
    public static RuleReport Of(ElementaryFunction function, params ExampleArgument[] arguments) =>
        Of(new DictionaryRow(function, arguments));

    /// <summary>Checks a row of a dictionary.</summary>
    /// <param name="row">The function with arguments to draw.</param>
    /// <param name="options">How thoroughly; null for the defaults.</param>
    /// <exception cref="NonsmoothException">The function does not take such arguments, a rule throws, or no point is to be drawn.</exception>
    public static RuleReport Of(DictionaryRow row, RuleCheckOptions? options = null)
    {
        options ??= new();
        if (options.Draws < 1)
        {
            throw new NonsmoothException($"{options.Draws} points to check {row} at: give at least 1");
        }

        var findings = new Findings();
        var rules = new RulePrograms(row, options.Presets);
        for (int draw = 0; draw < options.Draws; draw++)
        {
            var at = new RulePoint(rules, options, options.Seed + draw);
            if (!ValueChecks.Run(at, findings))
            {
                break;
            }

            CountChecks.Run(at, findings);
            if (rules.Differentiable)
            {
                DerivativeChecks.Run(at, findings);
            }
        }

        if (rules.Differentiable && !findings.Failed("types"))
        {
            KinkChecks.Run(new RulePoint(rules, options, options.Seed), findings);
        }

        return new RuleReport(row, findings.Failures, findings.Comparisons);
    }
}
