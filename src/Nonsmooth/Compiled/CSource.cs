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
    /// <exception cref="NonsmoothException">A node cannot be written out; the message names it.</exception>
    public static string Of(Program program, string name, CompileOptions? options = null)
    {
        var recorder = Recorder<double>.Of(program.Flatten().Prune(), (options ?? CompileOptions.Default) with { Kernels = false });
        if (recorder.Kernels.Count > 0)
        {
            throw new NonsmoothException($"{recorder.Kernels[0].Name} is not written out number by number: it has no C");
        }

        int given = recorder.Inputs.Sum(p => p.Elements);
        var needed = recorder.Tape.Needed();
        var text = new StringBuilder("#include <math.h>\n\n");
        text.Append(CultureInfo.InvariantCulture, $"void {name}(const double *x, double *y) {{\n");
        for (int i = 0; i < needed.Length; i++)
        {
            var s = recorder.Tape[i];
            if (s.Code == TapeCode.Store)
            {
                text.Append(CultureInfo.InvariantCulture, $"  y[{s.B - given}] = {Operand(recorder.Tape, s.A)};\n");
            }
            else if (needed[i] && s.Code is not (TapeCode.Constant or TapeCode.Load))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {(s.IsMask ? "int" : "double")} v{i} = {Expression(recorder.Tape, s)};\n");
            }
        }

        foreach (var (address, value) in recorder.Constants)
        {
            text.Append(CultureInfo.InvariantCulture, $"  y[{address - given}] = {Literal(value)};\n");
        }

        return text.Append("}\n").ToString();
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
}
