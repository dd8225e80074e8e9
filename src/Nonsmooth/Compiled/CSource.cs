using System.Globalization;
using System.Text;
using Nonsmooth.Programs;

namespace Nonsmooth.Compiled;

/// <summary>A program in f64 as a function in C, from the same steps that are compiled: for comparing, and for use elsewhere.</summary>
/// <remarks>
/// The function takes the real inputs one after another and writes the real outputs one after another. Compiled with
/// <c>-ffp-contract=off</c>, and without <c>-ffast-math</c>, it differs from the program by what the C library's functions differ from ours.
/// </remarks>
public static class CSource
{
    /// <summary>The source: <c>void NAME(const double *x, double *y)</c>.</summary>
    /// <param name="program">The program, of reals and masks within it.</param>
    /// <param name="name">The name of the function.</param>
    /// <param name="options">How much is written out.</param>
    /// <param name="piece">How many steps become one function; compilers take far longer than in proportion for long ones. Default all.</param>
    /// <exception cref="NonsmoothException">A node cannot be written out; the message names it.</exception>
    public static string Of(Program program, string name, CompileOptions? options = null, int piece = int.MaxValue)
    {
        var recorder = Recorder<double>.Of(program.Flatten().Prune(), (options ?? CompileOptions.Default) with { Kernels = false });
        if (recorder.Kernels.Count > 0)
        {
            throw new NonsmoothException($"{recorder.Kernels[0].Name} is not written out number by number: it has no C");
        }

        return new Writer(recorder, piece).Write(name);
    }

    private static string Operand(Tape tape, int step) => tape[step] switch
    {
        { Code: TapeCode.Load, A: var address } => string.Create(CultureInfo.InvariantCulture, $"x[{address}]"),
        { Code: TapeCode.Constant, Number: var n } => Literal(n),
        _ => string.Create(CultureInfo.InvariantCulture, $"v{step}"),
    };

    private static string Literal(double n) => double.IsNaN(n) ? "NAN" : double.IsInfinity(n) ? n > 0 ? "INFINITY" : "-INFINITY" : Number(n);

    private static string Number(double n)
    {
        string text = n.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny(".E") ? text : text + ".0";
    }

    private static string Expression(Tape tape, TapeStep s)
    {
        string a = Operand(tape, s.A);
        string b = s.Operands > 1 ? Operand(tape, s.B) : "";
        return s.Code switch
        {
            TapeCode.Add => $"{a} + {b}",
            TapeCode.Subtract => $"{a} - {b}",
            TapeCode.Multiply => $"{a} * {b}",
            TapeCode.Divide => $"{a} / {b}",
            TapeCode.Negate => $"-{a}",
            TapeCode.Abs => $"fabs({a})",
            TapeCode.Rsqrt => $"1 / sqrt({a})",
            TapeCode.Round => $"nearbyint({a})",
            TapeCode.Max => $"{a} > {b} || {a} != {a} ? {a} : {b}",
            TapeCode.Min => $"{a} < {b} || {a} != {a} ? {a} : {b}",
            TapeCode.Weighted => $"{Number(s.Number)} * {a}",
            TapeCode.LogP1 => $"log1p({a})",
            TapeCode.Sigmoid => $"1 / (1 + exp(-{a}))",
            TapeCode.Pow => $"pow({a}, {b})",
            TapeCode.Select => $"{a} ? {b} : {Operand(tape, s.C)}",
            TapeCode.Less => $"{a} < {b}",
            TapeCode.LessEqual => $"{a} <= {b}",
            TapeCode.Equal => $"{a} == {b}",
            TapeCode.Unordered => $"{a} != {a}",
            TapeCode.And => $"{a} & {b}",
            TapeCode.Or => $"{a} | {b}",
            TapeCode.Not => $"!{a}",
            var code => $"{code.ToString().ToLowerInvariant()}({a})",
        };
    }

    // What a later piece reads lies in an array; each piece reads it into a variable of its own.
    private sealed class Writer(Recorder<double> recorder, int piece)
    {
        private readonly Tape _tape = recorder.Tape;
        private readonly int _given = recorder.Inputs.Sum(p => p.Elements);
        private readonly int[] _piece = new int[recorder.Tape.Count];
        private readonly Dictionary<int, int> _slots = [];
        private readonly HashSet<int> _here = [];
        private readonly StringBuilder _text = new("#include <math.h>\n\n");

        public string Write(string name)
        {
            int[] steps = Cut();
            int pieces = steps.Length == 0 ? 1 : _piece[steps[^1]] + 1;
            for (int p = 0; p < pieces; p++)
            {
                Line(pieces == 1 ? $"void {name}(const double *x, double *y) {{"
                    : $"static __attribute__((noinline)) void {name}_{p}(const double *restrict x, double *restrict y, double *restrict m) {{");
                _here.Clear();
                foreach (int i in steps.Where(i => _piece[i] == p))
                {
                    Step(i);
                }

                if (p == 0)
                {
                    foreach (var (address, value) in recorder.Constants)
                    {
                        Line($"  y[{address - _given}] = {Literal(value)};");
                    }
                }

                Line("}");
            }

            if (pieces > 1)
            {
                Line($"void {name}(const double *x, double *y) {{");
                Line($"  static _Thread_local double m[{_slots.Count + 1}];");
                foreach (int p in Enumerable.Range(0, pieces))
                {
                    Line($"  {name}_{p}(x, y, m);");
                }

                Line("}");
            }

            return _text.ToString();
        }

        private int[] Cut()
        {
            var needed = _tape.Needed();
            int[] steps = [.. Enumerable.Range(0, needed.Length).Where(i => needed[i] && !_tape[i].IsGiven)];
            for (int k = 0; k < steps.Length; k++)
            {
                int i = steps[k];
                _piece[i] = k / piece;
                for (int o = 0; o < _tape[i].Operands; o++)
                {
                    int operand = _tape[i].Operand(o);
                    if (!_tape[operand].IsGiven && _piece[operand] != _piece[i])
                    {
                        _ = _slots.TryAdd(operand, _slots.Count);
                    }
                }
            }

            return steps;
        }

        private void Step(int i)
        {
            var s = _tape[i];
            for (int o = 0; o < s.Operands; o++)
            {
                int operand = s.Operand(o);
                if (!_tape[operand].IsGiven && _here.Add(operand))
                {
                    Line($"  {Kind(operand)} v{operand} = m[{_slots[operand]}];");
                }
            }

            if (s.Code == TapeCode.Store)
            {
                Line($"  y[{s.B - _given}] = {Operand(_tape, s.A)};");
                return;
            }

            _here.Add(i);
            Line($"  {Kind(i)} v{i} = {Expression(_tape, s)};");
            if (_slots.TryGetValue(i, out int slot))
            {
                Line($"  m[{slot}] = v{i};");
            }
        }

        private string Kind(int step) => _tape[step].IsMask ? "int" : "double";

        private void Line(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

        private void Line(string text) => _text.Append(text).Append('\n');
    }
}
