using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Conversations;

/// <summary>The keys of some messages, in half the memory of a dictionary.</summary>
/// <param name="messages">Their numbers.</param>
sealed class SomeKeys(IEnumerable<int> messages)
{
    readonly int[] _messages = [.. messages.Order()];
    MessageKey[] _keys = [];

    /// <summary>How many there are.</summary>
    public int Count => _messages.Length;

    /// <summary>The key of one of the messages.</summary>
    public MessageKey Of(int message) => _keys[Array.BinarySearch(_messages, message)];

    /// <summary>Notes the key of a message, if it is one of them.</summary>
    public void Note(int message, MessageKey key)
    {
        if (_keys.Length == 0) _keys = new MessageKey[_messages.Length];
        if (Array.BinarySearch(_messages, message) is var at and >= 0) _keys[at] = key;
    }
}
