#:project ../src/Nonsmooth.Reliability/Nonsmooth.Reliability.csproj
#:property PublishAot=false

using Nonsmooth.Reliability.Traps;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;
using static Nonsmooth.Dictionary.VariableExtensions;

// The mask protects the value at 0, not the derivative: 0 times infinity.
var trapped = Trace(x => Where(Greater(x, 0), Sqrt(x), 0), new Shape(4));
foreach (var trap in TrapLint.Of(trapped))
{
    Console.WriteLine(trap);
}

// The argument guarded as well: nothing to say.
var mended = Trace(x => Where(Greater(x, 0), Sqrt(Where(Greater(x, 0), x, 1)), 0), new Shape(4));
Console.WriteLine($"mended: {TrapLint.Of(mended).Count} traps");

// An epsilon that 16 bits do not have.
var normalise = Trace(x => x * Rsqrt(Square(x).Sum() + 1e-8), new Shape(4));
foreach (var format in new[] { TrapFormat.Float32, TrapFormat.Float16 })
{
    Console.WriteLine($"{format}: {string.Join(", ", TrapLint.Of(normalise, new TrapOptions { Format = format }).Select(t => t.Kind).DefaultIfEmpty("none"))}");
}
