using System.Globalization;
using System.Text;

namespace Nonsmooth.Bench.Scalars;

/// <summary>A program of numbers as a C++ template over the kind of number: straight, or as a table that a loop walks along.</summary>
internal static class PeerSource
{
    // Above, g++ would take minutes.
    private const int MostWritten = 1000;

    private static readonly string[] _kinds = ["add", "sub", "mul", "relu", "maximum", "sin", "scale"];

    private static readonly string[] _forms =
        ["v[A] + v[B]", "v[A] - v[B]", "v[A] * v[B]", "maximum(v[A], 0.0)", "maximum(v[A], v[B])", "sin(v[A])", $"v[A] * {ScalarPrograms.Shrinking.ToString(CultureInfo.InvariantCulture)}"];

    /// <summary>The text of steps.h: the first of the points, and the program.</summary>
    public static string Of(Programs.Program program, double[] points)
    {
        var text = new StringBuilder("#include <vector>\n");
        string first = string.Join(", ", points.Take(ScalarPrograms.Inputs).Select(x => x.ToString("R", CultureInfo.InvariantCulture)));
        Line($"static const double first_point[] = {{{first}}};");
        var at = new Dictionary<int, int>();
        foreach (var input in program.Inputs)
        {
            at[input.Value] = at.Count;
        }

        var steps = new List<(int Kind, int A, int B)>();
        foreach (var node in program.Nodes)
        {
            int[] operands = [.. node.Arguments.Select(a => at[a])];
            int kind = Array.IndexOf(_kinds, node.Function.Name);
            steps.Add(kind >= 0 ? (kind, operands[0], operands[^1]) : throw new InvalidOperationException($"{node.Function.Name} has no C++"));
            at[node.Results[0]] = at.Count;
        }

        bool straight = steps.Count <= MostWritten;
        if (!straight)
        {
            Line($"struct step {{ int kind, a, b; }};");
            Line($"static const step steps[] = {{ {string.Join(", ", steps.Select(s => FormattableString.Invariant($"{{{s.Kind}, {s.A}, {s.B}}}")))} }};");
        }

        Line($"template <class T> T program(const T *x) {{");
        if (straight)
        {
            Straight();
        }
        else
        {
            string cases = string.Join(" ", _forms.Select((form, kind) => FormattableString.Invariant($"case {kind}: v[at] = {Filled(form, "[s.a]", "[s.b]")}; break;")));
            Line($"    static std::vector<T> v({steps.Count + ScalarPrograms.Inputs});");
            Line($"    int at = 0;");
            Line($"    for (; at < {ScalarPrograms.Inputs}; ++at) v[at] = x[at];");
            Line($"    for (const step &s : steps) {{ switch (s.kind) {{ {cases} }} ++at; }}");
            Line($"    return v[at - 1];");
        }

        return text.Append("}\n").ToString();

        void Straight()
        {
            for (int i = 0; i < ScalarPrograms.Inputs; i++)
            {
                Line($"    T v{i} = x[{i}];");
            }

            for (int s = 0; s < steps.Count; s++)
            {
                Line($"    T v{ScalarPrograms.Inputs + s} = {Filled(_forms[steps[s].Kind], steps[s].A.ToString(CultureInfo.InvariantCulture), steps[s].B.ToString(CultureInfo.InvariantCulture))};");
            }

            Line($"    return v{ScalarPrograms.Inputs + steps.Count - 1};");
        }

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Filled(string form, string a, string b) =>
        form.Replace("[A]", a, StringComparison.Ordinal).Replace("[B]", b, StringComparison.Ordinal);
}
