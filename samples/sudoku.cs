#:project ../src/Nonsmooth.Solutions/Nonsmooth.Solutions.csproj
#:project ../src/Nonsmooth.Training/Nonsmooth.Training.csproj
#:property PublishAot=false

using System.Globalization;
using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Optimizers;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Solutions;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Objectives;
using static Nonsmooth.Dictionary.Functions;
using static Nonsmooth.Dictionary.VariableExtensions;

// The rules of a Sudoku of 4 x 4, learned from puzzles and solutions: a layer that minimises 0.05|z|^2 - <x, z> over z >= 0 with Az = Az0, of which A and z0
// are learned (Amos and Kolter, 2017). Nobody tells it rows, columns and blocks. dotnet run samples/sudoku.cs [epochs [puzzles]]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Cells = 16;
const int Unknowns = 64;
const int Rules = 40;
int epochs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20;
int puzzles = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 600;

int[][] boards = Boards();
var random = new CounterRandom(3);
int[] order = [.. Enumerable.Range(0, boards.Length).OrderBy(i => random.Derive("order").At((ulong)i))];
int[][] known = [.. order.Take(200).Select(i => boards[i])];
int[][] others = [.. order.Skip(200).Select(i => boards[i])];
FieldList fields = [Field.Real("x", Unknowns), Field.Real("y", Unknowns, InputRole.Target)];
var model = new Model("sudoku")
{
    Examples = fields,
    Forward = (m, e) =>
    {
        var a = m.Parameter("rules", new Shape(Rules, Unknowns), Initializer.Normal(0.2));
        var inside = Softplus(m.Parameter("inside", new Shape(Unknowns), Initializer.Zero));
        var b = MatMul(a, inside.Reshape(new Shape(Unknowns, 1))).Reshape(new Shape(Rules));
        var builder = a.Builder;
        Variable Diagonal(double value) => builder.Constant(Tensor.Generate(new Shape(Unknowns, Unknowns), i => i / Unknowns == i % Unknowns ? value : 0));
        return Solve.QuadraticProgram(Diagonal(0.1), -e["x"], Diagonal(-1), builder.Apply(new Fill(new Shape(Unknowns), 0)), a, b).Z;
    },
    Loss = Losses.MeanSquared("y"),
    Metrics = [Metrics.Of("solved", b => Solved(b.Output(), b.Real("y")))],
};

var data = new Dataset("sudoku", Puzzles(known, puzzles, "train"), Puzzles(others, 100, "test"));
using var trainer = new TrainingRun(
    new TrainingOptions { Network = model, Dataset = data, OptimizerName = "adam", Optimizer = new AdamOptions(), Rate = 0.05, BatchSize = 10, Epochs = epochs, Seed = 1 },
    new Progress());
var result = trainer.Train();
Console.WriteLine($"{puzzles} puzzles of {known.Length} boards, {epochs} epochs, {result.Seconds:F0} s: solves {100 * result.Metrics["solved"]:F0} % of puzzles of {others.Length} other boards");

// The share of boards of a batch whose largest numbers are the solution's.
static double Solved(ReadOnlySpan<float> z, ReadOnlySpan<float> y)
{
    int right = 0;
    for (int board = 0; board < y.Length; board += Unknowns)
    {
        int cell = 0;
        while (cell < Unknowns && Largest(z.Slice(board + cell, 4)) == Largest(y.Slice(board + cell, 4)))
        {
            cell += 4;
        }

        right += cell == Unknowns ? 1 : 0;
    }

    return right / (y.Length / (double)Unknowns);
}

static int Largest(ReadOnlySpan<float> numbers)
{
    int at = 0;
    for (int i = 1; i < numbers.Length; i++)
    {
        at = numbers[i] > numbers[at] ? i : at;
    }

    return at;
}

// Hints are taken away in a random order while one board is left that fits, at most ten.
ArrayExamples Puzzles(int[][] from, int count, string name)
{
    var (x, y) = (new float[count * Unknowns], new float[count * Unknowns]);
    for (int p = 0; p < count; p++)
    {
        var drawn = random.Derive(name).Derive((ulong)p);
        int[] board = from[p % from.Length];
        var hints = Enumerable.Range(0, Cells).ToList();
        foreach (int cell in Enumerable.Range(0, Cells).OrderBy(c => drawn.At((ulong)c)))
        {
            var left = hints.Where(h => h != cell).ToList();
            hints = left.Count >= 6 && boards.Count(b => left.TrueForAll(h => b[h] == board[h])) == 1 ? left : hints;
        }

        for (int cell = 0; cell < Cells; cell++)
        {
            int place = (p * Unknowns) + (4 * cell) + board[cell];
            (x[place], y[place]) = (hints.Contains(cell) ? 1 : 0, 1);
        }
    }

    return new(fields, new Dictionary<string, Array> { ["x"] = x, ["y"] = y });
}

// All 288.
static int[][] Boards()
{
    var found = new List<int[]>();
    Complete(new int[Cells], 0);
    return [.. found];

    void Complete(int[] board, int cell)
    {
        if (cell == Cells)
        {
            found.Add([.. board]);
            return;
        }

        for (int digit = 0; digit < 4; digit++)
        {
            bool free = Enumerable.Range(0, cell).All(c =>
                board[c] != digit || !(c / 4 == cell / 4 || c % 4 == cell % 4 || (c / 8 == cell / 8 && c % 4 / 2 == cell % 4 / 2)));
            if (free)
            {
                board[cell] = digit;
                Complete(board, cell + 1);
            }
        }
    }
}

sealed class Progress : ITrainingObserver
{
    public void EpochEnded(EpochReport report) => Console.WriteLine($"  epoch {report.Epoch}: loss {report.TestLoss:F4}, solved {100 * report.Metrics["solved"]:F0} %");

    public void Notice(string message) => Console.WriteLine($"  {message}");
}
