using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Gradients;

/// <summary>What is audited: a program with one real output to differentiate, and where its inputs come from.</summary>
/// <remarks>
/// Draws, batches and orders are numbered; the same numbers give the same bits. Networks with their data sets are one
/// implementation, a hand-written program with arrays another (<see cref="FixedSubject"/>).
/// </remarks>
public interface IAuditSubject
{
    /// <summary>The scalar program.</summary>
    Program Objective { get; }

    /// <summary>The inputs that the gradient is taken for.</summary>
    IReadOnlyList<string> Parameters { get; }

    /// <summary>Where gradients are computed; inputs that lie elsewhere are copied there. The processor unless a subject says otherwise.</summary>
    Device Device => Device.Cpu;

    /// <summary>How many batches there are.</summary>
    int Batches { get; }

    /// <summary>The program's inputs, in order.</summary>
    /// <param name="draw">Which draw of the parameters, from 0.</param>
    /// <param name="batch">Which batch, from 0 to <see cref="Batches"/> − 1.</param>
    /// <param name="order">
    /// In which order the batch's examples are: 0 is its own. The objective is the same in every order but for rounding.
    /// A subject without examples has one order.
    /// </param>
    /// <returns>Tensors that stay the subject's and are valid until the next call.</returns>
    IReadOnlyList<TorchTensor> Inputs(int draw, int batch, int order = 0);
}
