#:project ../src/Nonsmooth/Nonsmooth.csproj
#:property PublishAot=false

using Nonsmooth.Dictionary;
using Nonsmooth.Sparsity;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;

// A chain of kinked springs: each term sees two neighbours.
const int Count = 10_000;
var energy = Nonsmooth.Programs.Program.Trace([("x", new Shape(Count))], v =>
{
    var (low, high) = (v[0].Slice(0, 0, Count - 1), v[0].Slice(0, 1, Count));
    return [("energy", Multiply(Abs(Subtract(high, low)), Square(low)).Sum())];
});

var hessian = SparseHessian.Of(energy);
double[] x = [.. Enumerable.Range(0, Count).Select(i => Math.Sin(i))];
var matrix = hessian.At(x);
Console.WriteLine($"{matrix.Pattern.Count} entries from {hessian.Colouring.Count} products; one of them {matrix[1, 2]:R}");
