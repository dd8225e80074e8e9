using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.LibTorch.Tests.Execution;

/// <summary>A compiled program used wrongly throws; it once ended the process.</summary>
[Collection(Alone.Name)]
public sealed class MisuseTests
{
    private static readonly Program Program = Program.Trace((x, w) => Relu(MatMul(x, w)).Sum(), new Shape(64, 64), new Shape(64, 64));
    private readonly LibTorchExecutor _executor = new();

    public static TheoryData<string> Uses => ["scalar", "pointer", "peek", "copy"];

    [Theory]
    [MemberData(nameof(Uses))]
    public void AnOutputBeforeARunThrows(string use)
    {
        using var compiled = _executor.Compile(Program);
        Assert.Contains("run the program first", Assert.Throws<InvalidOperationException>(() => Use(compiled, use)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void AnOutputAfterDisposeThrows(string use)
    {
        var compiled = Ran();
        compiled.Dispose();
        compiled.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Use(compiled, use));
        Assert.Throws<ObjectDisposedException>(() => compiled.LiveBytes);
    }

    [Fact]
    public void ARunAfterDisposeThrows()
    {
        var compiled = Ran();
        compiled.Dispose();
        using var x = TorchTensor.Zeros([64, 64]);
        Assert.Throws<ObjectDisposedException>(() => compiled.Run(x, x));
    }

    [Fact]
    public void AValueThatIsReleasedThrows()
    {
        using var compiled = Ran();
        int inner = compiled.Program.Nodes[0].Results[0];
        Assert.Contains("is not held", Assert.Throws<InvalidOperationException>(() => compiled.Peek(inner)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunAndADisposeWithinARunThrow()
    {
        using var compiled = Ran();
        using var x = TorchTensor.Zeros([64, 64]);
        var errors = new List<Exception>();
        compiled.Observer = (_, program) =>
        {
            errors.Add(Assert.Throws<InvalidOperationException>(() => program.Run(x, x)));
            errors.Add(Assert.Throws<InvalidOperationException>(program.Dispose));
        };
        compiled.Run(x, x);
        Assert.NotEmpty(errors);
        compiled.Observer = null;
        compiled.Run(x, x);
        Assert.Equal(0, compiled.OutputScalar(0));
    }

    [Fact]
    public async Task EightThreadsAtOnceThrowOrRunOneByOne()
    {
        using var compiled = Ran();
        using var x = TorchTensor.Full([64, 64], 1);
        var (ran, refused) = (0, 0);
        var threads = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < 200; i++)
                {
                    try
                    {
                        compiled.Run(x, x);
                        Interlocked.Increment(ref ran);
                    }
                    catch (InvalidOperationException e) when (e.Message.Contains("another thread", StringComparison.Ordinal))
                    {
                        Interlocked.Increment(ref refused);
                    }
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        await Task.WhenAll(threads);
        Assert.Equal(1600, ran + refused);
        Assert.True(ran > 0);
        compiled.Run(x, x);
        Assert.Equal(64.0 * 64 * 64, compiled.OutputScalar(0));
    }

    [Fact]
    public async Task ADisposeByAnotherThreadWhileItRunsThrows()
    {
        using var compiled = Ran();
        using var x = TorchTensor.Zeros([64, 64]);
        using var inside = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        compiled.Observer = (_, _) =>
        {
            inside.Set();
            go.Wait();
        };
        var run = Task.Run(() => compiled.Run(x, x), TestContext.Current.CancellationToken);
        inside.Wait(TestContext.Current.CancellationToken);
        Assert.Throws<InvalidOperationException>(compiled.Dispose);
        go.Set();
        await run;
    }

    [Fact]
    public void AForgottenProgramIsReleased()
    {
        var forgotten = Forget();
        for (int i = 0; i < 10 && forgotten.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(forgotten.IsAlive);
    }

    private WeakReference Forget() => new(Ran(), trackResurrection: true);

    private CompiledProgram Ran()
    {
        var compiled = _executor.Compile(Program);
        using var x = TorchTensor.Zeros([64, 64]);
        compiled.Run(x, x);
        return compiled;
    }

    private static void Use(CompiledProgram compiled, string use)
    {
        using var target = TorchTensor.Zeros([]);
        _ = use switch
        {
            "scalar" => compiled.OutputScalar(0),
            "pointer" => (double)compiled.OutputPointer(0),
            "peek" => compiled.Peek(compiled.Program.Outputs[0].Value).Rank,
            _ => Copied(),
        };

        double Copied()
        {
            compiled.CopyOutput(0, target);
            return 0;
        }
    }
}
