// The footnote button of the text editor: asks for the key of a note and sets its mark.
(() => {
  const { React, DraftJS, draftail } = window;
  const { EditorState, Modifier } = DraftJS;

  /** The keys of the notes that the footnotes block already holds. */
  function existingKeys() {
    const fields = document.querySelectorAll('input[name*="-notes-"][name$="-value-key"]');
    return [...fields].map((field) => field.value.trim()).filter(Boolean);
  }

  /** The keys of all marks in the text being edited. */
  function markedKeys(contentState) {
    const keys = [];
    contentState.getBlockMap().forEach((block) => {
      block.findEntityRanges((character) => {
        const entityKey = character.getEntity();
        if (entityKey && contentState.getEntity(entityKey).getType() === 'FOOTNOTE') {
          keys.push(contentState.getEntity(entityKey).getData().key);
        }
        return false;
      });
    });
    return keys;
  }

  /** The first number that no mark of this text has: mostly the note written last. */
  function nextKey(notes, marks) {
    const open = notes.find((key) => !marks.includes(key));
    if (open) return open;
    let number = 1;
    while (notes.includes(String(number)) || marks.includes(String(number))) number += 1;
    return String(number);
  }

  /** Ask for a key in a dialog; resolves to null when the writer cancels. */
  function askForKey(proposal, notes) {
    const gettext = window.django?.gettext ?? ((text) => text);
    const dialog = document.createElement('dialog');
    dialog.className = 'footnote-dialog';
    dialog.setAttribute('aria-labelledby', 'footnote-dialog-title');

    const form = document.createElement('form');
    form.method = 'dialog';
    const title = document.createElement('h2');
    title.id = 'footnote-dialog-title';
    title.className = 'w-mt-0';
    title.textContent = gettext('Footnote');
    const label = document.createElement('label');
    label.className = 'w-field__label';
    label.htmlFor = 'footnote-dialog-key';
    label.textContent = gettext('Key of the note');
    const input = document.createElement('input');
    input.id = 'footnote-dialog-key';
    input.type = 'text';
    input.required = true;
    input.maxLength = 80;
    input.pattern = '[\\p{L}\\p{N}_.\\-]+';
    input.value = proposal;
    input.autocomplete = 'off';
    input.setAttribute('list', 'footnote-dialog-keys');
    const list = document.createElement('datalist');
    list.id = 'footnote-dialog-keys';
    for (const key of notes) list.append(new Option(key, key));
    const help = document.createElement('p');
    help.className = 'help';
    help.textContent = gettext(
      'The note itself stands in the block “Footnotes”, with the same key. Readers see a number.',
    );
    const buttons = document.createElement('p');
    buttons.className = 'w-flex w-gap-2 w-mb-0';
    const insert = document.createElement('button');
    insert.className = 'button';
    insert.value = 'insert';
    insert.textContent = gettext('Insert');
    const cancel = document.createElement('button');
    cancel.type = 'button';
    cancel.className = 'button button-secondary';
    cancel.textContent = gettext('Cancel');
    buttons.append(insert, cancel);
    form.append(title, label, input, list, help, buttons);
    dialog.append(form);
    document.body.append(dialog);
    cancel.addEventListener('click', () => dialog.close('cancel'));
    // The dialog must not reach the page's own form.
    dialog.addEventListener('keydown', (event) => event.stopPropagation());

    return new Promise((resolve) => {
      dialog.addEventListener('close', () => {
        const key = input.value.trim();
        dialog.remove();
        resolve(dialog.returnValue === 'insert' && key ? key : null);
      });
      dialog.showModal();
      input.select();
    });
  }

  class FootnoteSource extends React.Component {
    async componentDidMount() {
      const { editorState, entity, entityKey, onComplete, onClose } = this.props;
      const content = editorState.getCurrentContent();
      const notes = existingKeys();
      const proposal = entity?.getData().key ?? nextKey(notes, markedKeys(content));
      const key = await askForKey(proposal, notes);
      if (!key) {
        onClose();
        return;
      }
      const withEntity = content.createEntity('FOOTNOTE', 'IMMUTABLE', { key });
      const newKey = withEntity.getLastCreatedEntityKey();
      const selection = editorState.getSelection();
      let next;
      if (entityKey) {
        // The selection is the mark itself: replace it.
        next = Modifier.replaceText(withEntity, selection, `[${key}]`, null, newKey);
      } else {
        // After what is selected, never instead of it.
        const end = selection.merge({
          anchorOffset: selection.getEndOffset(),
          anchorKey: selection.getEndKey(),
          focusOffset: selection.getEndOffset(),
          focusKey: selection.getEndKey(),
          isBackward: false,
        });
        next = Modifier.insertText(withEntity, end, `[${key}]`, null, newKey);
      }
      onComplete(EditorState.push(editorState, next, 'insert-characters'));
    }

    render() {
      return null;
    }
  }

  const { TooltipEntity } = draftail;

  const Footnote = (props) => {
    const { key } = props.contentState.getEntity(props.entityKey).getData();
    if (TooltipEntity) {
      return React.createElement(TooltipEntity, {
        ...props,
        icon: '#icon-superscript',
        label: key,
        url: null,
      });
    }
    return React.createElement('sup', { title: key }, props.children);
  };

  draftail.registerPlugin(
    { type: 'FOOTNOTE', source: FootnoteSource, decorator: Footnote },
    'entityTypes',
  );
})();
