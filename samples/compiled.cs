#:project ../src/Nonsmooth/Nonsmooth.csproj
#:property PublishAot=false

using Nonsmooth.Arithmetic;
using Nonsmooth.Compiled;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;

// The value and the gradient of a function of three numbers with kinks.
var program = Nonsmooth.Programs.Program.Trace((a, b, c) => Maximum(Multiply(a, Sin(b)), Relu(Subtract(c, a))), Shape.Scalar, Shape.Scalar, Shape.Scalar);
var gradient = program.Backprop(new BackpropOptions());

// Made ready once; a run has a workspace of its own, in which nothing is allocated any more.
var compiled = CompiledProgram<double>.Of(gradient);
var run = compiled.Start();
(run.Input(0)[0], run.Input(1)[0], run.Input(2)[0]) = (0.5, 2, 3);
run.Execute();
Console.WriteLine($"value {run.Output(0)[0]}, slope in a {run.Output(1)[0]}, {compiled.Operations} operations");

// The interpreter's bits, whatever the machine.
double[] x = [0.5];
double[] y = [2];
double[] z = [3];
Console.WriteLine(run.Output(0)[0] == ((Tensor<double>)Interpreter.Run<Float64>(gradient, x, y, z)[0])[0]);

// Many points: several side by side in each step, two threads.
var batch = compiled.Batch();
double[] points = new double[1000 * batch.Numbers];
double[] results = new double[1000 * batch.Results];
batch.Run(points, results, threads: 2);
